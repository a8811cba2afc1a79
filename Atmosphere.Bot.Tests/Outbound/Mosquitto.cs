using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Outbound;

/// <summary>A real MQTT broker in a process of its own; the test is skipped by name where it is not installed.</summary>
internal sealed class Mosquitto : IDisposable
{
    private static readonly string[] _folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin", "/opt/homebrew/bin"];

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-mosquitto-").FullName;
    private readonly List<Process> _listeners = [];
    private readonly SemaphoreSlim _subscribed = new(0);
    private readonly string[] _settings;
    private Process? _process;

    private Mosquitto(string[] settings) => _settings = settings;

    public int Port { get; } = FreePort();

    /// <summary>What it logged so far.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>A broker that is not running yet.</summary>
    /// <param name="settings">Further lines of its configuration.</param>
    public static Mosquitto Install(params string[] settings)
    {
        foreach (var tool in new[] { "mosquitto", "mosquitto_sub", "mosquitto_passwd" })
            Assert.SkipWhen(Find(tool) is null, $"{tool} is not installed (Debian: mosquitto, mosquitto-clients).");
        return new Mosquitto(settings);
    }

    public static async Task<Mosquitto> StartedAsync(params string[] settings)
    {
        var broker = Install(settings);
        await broker.StartAsync();
        return broker;
    }

    /// <summary>Lines that ask every client for a user and a password.</summary>
    public static string[] WithUser(string folder, string user, string password)
    {
        if (Find("mosquitto_passwd") is not { } tool)
            return [];
        var file = Path.Combine(folder, "users");
        using var made = Process.Start(tool, ["-c", "-b", file, user, password]);
        made.WaitForExit();
        return ["allow_anonymous false", $"password_file {file}"];
    }

    public async Task StartAsync()
    {
        var configuration = Path.Combine(_folder, "mosquitto.conf");
        var anonymous = _settings.Any(line => line.StartsWith("allow_anonymous", StringComparison.Ordinal)) ? "" : "allow_anonymous true";
        string[] lines = ["persistence false", "log_dest stderr", "log_type all", $"user {Environment.UserName}", $"listener {Port} 127.0.0.1", anonymous];
        await File.WriteAllLinesAsync(configuration, [.. lines, .. _settings]);
        _process = Process.Start(new ProcessStartInfo(Find("mosquitto")!, ["-c", configuration]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, line) =>
        {
            Log.Enqueue(line.Data ?? "");
            // The other client says so itself only when its buffer is full.
            if (line.Data?.Contains("Sending SUBACK", StringComparison.Ordinal) == true)
                _subscribed.Release();
        };
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(AnswersAsync, "mosquitto answers");
    }

    public async Task StopAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Another client, of mosquitto's own making, that is subscribed when this returns. A line is topic, quality of service, text.</summary>
    public async Task<ConcurrentQueue<string>> ListenAsync(params string[] arguments)
    {
        var lines = new ConcurrentQueue<string>();
        var listener = Process.Start(new ProcessStartInfo(
            Find("mosquitto_sub")!, ["-h", "127.0.0.1", "-p", $"{Port}", "-t", "#", "-q", "1", "-F", ">%t|%q|%p", .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        _listeners.Add(listener);
        listener.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith('>') == true)
                lines.Enqueue(line.Data[1..]);
        };
        listener.BeginOutputReadLine();
        Assert.True(await _subscribed.WaitAsync(Eventually.Limit), "The other client is not subscribed.");
        return lines;
    }

    public void Dispose()
    {
        foreach (var process in _listeners.Append(_process).OfType<Process>())
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _subscribed.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Find(string tool) => _folders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

    private async Task<bool> AnswersAsync()
    {
        Assert.False(_process!.HasExited, "mosquitto stopped at once.");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
