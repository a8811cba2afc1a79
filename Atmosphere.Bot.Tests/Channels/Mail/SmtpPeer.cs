using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Architecture;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Channels.Mail;

/// <summary>
/// nodemailer's smtp-server with STARTTLS and AUTH, and its mailparser. They come with: npm ci --ignore-scripts in
/// Atmosphere.Bot.Tests/peers/bot. What it does with a mail depends on the recipient, see mail.mjs.
/// </summary>
internal sealed class SmtpPeer : IAsyncDisposable
{
    public const string User = "atmosphere";
    public const string Password = "secret";

    private static readonly string _peers = Path.Combine(SourceFile.Root, "Atmosphere.Bot.Tests", "peers", "bot");

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-smtp-").FullName;
    private readonly ConcurrentQueue<JsonNode> _lines = [];
    private Process _node = null!;

    private SmtpPeer()
    {
    }

    public int Port { get; private set; }

    /// <summary>Of a server that offers no STARTTLS.</summary>
    public int PlainPort { get; private set; }

    /// <summary>Its certificate, for localhost.</summary>
    public string Certificate => Path.Combine(_folder, "certificate.pem");

    /// <summary>The certificate of somebody else.</summary>
    public string OtherCertificate => Path.Combine(_folder, "other.pem");

    /// <summary>The mails that it has, as mailparser read them.</summary>
    public IReadOnlyList<JsonNode> Mails => [.. _lines.Select(line => line["mail"]).OfType<JsonNode>()];

    /// <summary>The recipients that it turned away, once an attempt.</summary>
    public IReadOnlyList<string> Attempts => [.. _lines.Select(line => (string?)line["attempt"]).OfType<string>()];

    /// <summary>Settings of a program that sends by it.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Atmosphere:Mail:Host", "localhost"), ("Atmosphere:Mail:Port", $"{Port}"), ("Atmosphere:Mail:CaFile", Certificate), ("Atmosphere:Mail:User", User),
        ("Atmosphere:Mail:Password", Password), ("Atmosphere:Mail:From", "Atmosphere <reports@atmosphere.example>"),
        ("Atmosphere:Reports:LeastFaces", "0"), ("Atmosphere:Reports:Daily", ""), ("Atmosphere:Reports:Weekly", ""),
        ("Atmosphere:Retention:Reports", "60.00:00:00"), ("Atmosphere:Pipeline:SendMail:FirstDelay", "00:00:00"),
    ];

    public static void SkipIfMissing() => Assert.SkipUnless(
        Directory.Exists(Path.Combine(_peers, "node_modules", "smtp-server")), "The npm package smtp-server is not installed; run npm ci --ignore-scripts in Atmosphere.Bot.Tests/peers/bot.");

    public static async Task<SmtpPeer> StartAsync()
    {
        var peer = new SmtpPeer();
        var key = Path.Combine(peer._folder, "key.pem");
        await WriteCertificateAsync(peer.Certificate, key);
        await WriteCertificateAsync(peer.OtherCertificate, null);
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(_peers, "mail.mjs"), key, peer.Certificate })
            start.ArgumentList.Add(argument);
        peer._node = Process.Start(start)!;
        peer._node.OutputDataReceived += (_, line) => peer.Keep(line.Data);
        peer._node.BeginOutputReadLine();
        await Eventually.TrueAsync(() => !peer._lines.IsEmpty, "the mail server listens");
        (peer.Port, peer.PlainPort) = ((int)peer._lines.First()["port"]!, (int)peer._lines.First()["plain"]!);
        return peer;
    }

    /// <summary>The mail to an address, once it is there.</summary>
    /// <param name="number">From 0.</param>
    public async Task<JsonNode> MailToAsync(string address, int number = 0)
    {
        await Eventually.TrueAsync(() => Mails.Count(mail => (string?)mail["to"] == address) > number, $"mail {number + 1} to {address} arrives");
        return Mails.Where(mail => (string?)mail["to"] == address).ElementAt(number);
    }

    public async ValueTask DisposeAsync()
    {
        _node.Kill();
        await _node.WaitForExitAsync();
        _node.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Keep(string? line)
    {
        if (!string.IsNullOrEmpty(line))
            _lines.Enqueue(JsonNode.Parse(line)!);
    }

    private static async Task WriteCertificateAsync(string file, string? keyFile)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        if (keyFile is not null)
            await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
