using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Atmosphere.Recognition.Messaging;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Outbound.Mail;

/// <summary>Hands mails to an SMTP server by MailKit.</summary>
internal sealed class SmtpMail(IOptions<MailOptions> options) : IMail
{
    private readonly MailOptions _options = options.Value;

    public bool Connected => _options.HasHost;

    public async Task<IMailLine> ConnectAsync(CancellationToken cancellation)
    {
        if (!_options.HasHost)
            throw new HopelessException($"No mail server is set. Set {MailOptions.Section}:Host.");

        var watch = new DataWatch();
        var client = new SmtpClient(watch) { Timeout = (int)_options.Timeout.TotalMilliseconds, CheckCertificateRevocation = _options.CaFile is null };
        if (_options.CaFile is { } file)
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(file, certificate, errors);
        try
        {
            await client.ConnectAsync(_options.Host!, _options.PortInUse, Encryption(), cancellation);
            if (_options.User is { } user)
                await client.AuthenticateAsync(user, _options.Password ?? "", cancellation);
            return new SmtpLine(client, watch, _options);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            client.Dispose();
            throw new TryLaterException(Failure(error), TimeSpan.Zero, error);
        }
    }

    private SecureSocketOptions Encryption() => _options.Encryption switch
    {
        MailOptions.Tls => SecureSocketOptions.SslOnConnect,
        MailOptions.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private string Failure(Exception error) => error switch
    {
        SslHandshakeException => $"No trusted TLS connection to {Name}: the certificate is not of {_options.Host}, has expired, or its authority is not trusted. "
            + $"Name the authority in {MailOptions.Section}:CaFile, and in Host the server as its certificate does.",
        NotSupportedException => $"The mail server {Name} offers no STARTTLS or no way to authenticate. Check {MailOptions.Section}:Encryption, Port and User.",
        AuthenticationException => $"The mail server {Name} refuses the user or the password. Check {MailOptions.Section}:User and {MailOptions.Section}:Password.",
        SocketException socket => $"The mail server {Name} cannot be reached: {socket.Message}",
        TimeoutException or OperationCanceledException => $"The mail server {Name} did not answer within {_options.Timeout}.",
        SmtpCommandException refused => $"The mail server {Name} does not let us in: {(int)refused.StatusCode} {refused.Message}",
        _ => $"What answers at {Name} ended the connection, or does not speak SMTP. Check {MailOptions.Section}:Host, Port and Encryption.",
    };

    private string Name => $"{_options.Host}:{_options.PortInUse}";

    private static bool IsTrusted(string file, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities.Read(file));
        // Private certificate authorities rarely publish revocations.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var copy = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(copy);
    }

    /// <summary>Notices when the mail itself is handed over: from then on a lost connection leaves the outcome unknown.</summary>
    internal sealed class DataWatch : IProtocolLogger
    {
        public bool Begun { get; private set; }

        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void LogConnect(Uri uri)
        {
        }

        public void LogClient(byte[] buffer, int offset, int count)
        {
            var sent = buffer.AsSpan(offset, count);
            Begun |= sent.StartsWith("DATA\r\n"u8) || sent.StartsWith("BDAT "u8) || sent.IndexOf("\r\nDATA\r\n"u8) >= 0;
        }

        public void LogServer(byte[] buffer, int offset, int count)
        {
        }

        public void Dispose()
        {
        }
    }
}
