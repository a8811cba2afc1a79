using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Outbound;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>A real nginx or Caddy that speaks https as bot.example.org before a server; the test is skipped by name where it is not installed.</summary>
internal sealed partial class ReverseProxy : IAsyncDisposable
{
    private static readonly string[] _folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-proxy-").FullName;
    private readonly Authority _authority = new();
    private readonly int _port = FreePort();
    private readonly Process _process;

    private ReverseProxy(string program, Uri server, string site)
    {
        var (certificate, key) = _authority.Certify("bot.example.org");
        var here = site.Replace("127.0.0.1:3978", server.Authority, StringComparison.Ordinal);
        var configuration = Path.Combine(_folder, "configuration");
        File.WriteAllText(configuration, program == "nginx" ? Nginx(here, certificate, key) : Caddy(here, certificate, key));
        string[] common = program == "nginx" ? ["-e", "stderr", "-p", _folder, "-c", configuration] : ["--config", configuration, "--adapter", "caddyfile"];
        using (var check = Start(program, program == "nginx" ? ["-t", .. common] : ["validate", .. common]))
        {
            var said = check.StandardError.ReadToEnd();
            check.WaitForExit();
            Assert.True(check.ExitCode == 0, said);
        }

        _process = Start(program, program == "nginx" ? common : ["run", .. common]);
        // What nobody reads would fill the pipe.
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>The example of docs/proxy.md in the language of that program.</summary>
    public static string Example(string program)
    {
        var root = typeof(ReverseProxy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "SolutionRoot").Value!;
        var page = File.ReadAllText(Path.Combine(root, "docs", "proxy.md"));
        return Regex.Match(page, $"```{program}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
    }

    /// <param name="program">nginx or caddy.</param>
    /// <param name="site">Its configuration, for the server at 127.0.0.1:3978.</param>
    public static async Task<ReverseProxy> StartAsync(string program, BotServer server, string site)
    {
        Assert.SkipWhen(Find(program) is null, $"{program} is not installed (Debian: nginx-light, caddy).");
        var proxy = new ReverseProxy(program, server.Address, site);
        await Eventually.TrueAsync(proxy.AnswersAsync, $"{program} answers");
        return proxy;
    }

    /// <summary>A client of https://bot.example.org, which trusts the certificate only.</summary>
    public HttpClient Client()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, _port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(_authority.CaFile) },
                },
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("https://bot.example.org"), DefaultRequestVersion = HttpVersion.Version20, Timeout = Eventually.Limit };
    }

    /// <summary>Everything that it logged to files.</summary>
    public string Logged() => string.Concat(Directory.GetFiles(_folder, "*.log").Select(File.ReadAllText));

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Nginx(string site, string certificate, string key)
    {
        var here = site.Replace("listen 80;", $"listen 127.0.0.1:{FreePort()};", StringComparison.Ordinal)
            .Replace("listen 443 ", $"listen 127.0.0.1:{_port} ", StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/bot.example.org/fullchain.pem", certificate, StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/bot.example.org/privkey.pem", key, StringComparison.Ordinal);
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"{kind}_temp_path {_folder}/{kind};"));
        return $"daemon off; master_process off; pid {_folder}/pid; error_log {_folder}/error.log info; events {{ }} http {{ access_log {_folder}/access.log; {temporary}\n{Ipv6().Replace(here, "")} }}";
    }

    private string Caddy(string site, string certificate, string key) =>
        $"{{\nadmin off\nauto_https off\nstorage file_system {_folder}\n}}\n"
        + site.Replace("bot.example.org {", $"bot.example.org:{_port} {{\ntls {certificate} {key}", StringComparison.Ordinal);

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program)!, arguments) { RedirectStandardError = true };
        start.Environment["HOME"] = _folder;
        return Process.Start(start)!;
    }

    private async Task<bool> AnswersAsync()
    {
        Assert.False(_process.HasExited, "The proxy stopped at once.");
        try
        {
            using var client = Client();
            using var response = await client.GetAsync("/");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string? Find(string program) => _folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Not every machine has it.
    [GeneratedRegex(@"listen \[::\]:[^;]*;")]
    private static partial Regex Ipv6();
}
