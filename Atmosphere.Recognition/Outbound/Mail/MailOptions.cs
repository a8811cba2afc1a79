using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;
using MimeKit;

namespace Atmosphere.Recognition.Outbound.Mail;

/// <summary>Section <c>Atmosphere:Mail</c>: the mail server that sends reports. Without a host none are sent.</summary>
public sealed class MailOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Mail";

    internal const string StartTls = "starttls";
    internal const string Tls = "tls";
    internal const string None = "none";

    private const int SubmissionPort = 587;
    private const int TlsPort = 465;
    private const int PlainPort = 25;

    /// <summary>Name or address of the mail server; without one no mail is sent.</summary>
    [HostName]
    public string? Host { get; set; }

    /// <summary>The port of the mail server.</summary>
    [Range(1, 65535), Unit("587 where it is not set, with tls 465, with none 25")]
    public int? Port { get; set; }

    /// <summary>How the connection is encrypted: by STARTTLS, from its beginning, or not at all. A server that does not encrypt, or whose certificate is not trusted, gets no mail.</summary>
    [AllowedValues(StartTls, Tls, None)]
    public string Encryption { get; set; } = StartTls;

    /// <summary>PEM file of the authorities that may have signed the server's certificate; those that the machine trusts where none is named.</summary>
    public string? CaFile { get; set; }

    /// <summary>User name at the server; without one the program does not authenticate.</summary>
    [StringLength(200)]
    public string? User { get; set; }

    /// <summary>The user's password. Never in appsettings.json: use the environment.</summary>
    [Secret]
    [StringLength(500)]
    public string? Password { get; set; }

    /// <summary>The sender, such as Atmosphere &lt;reports@example.org&gt;.</summary>
    [StringLength(300)]
    public string? From { get; set; }

    /// <summary>How long the server may take for each answer.</summary>
    [TimeRange("00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    internal bool HasHost => !string.IsNullOrWhiteSpace(Host);

    internal int PortInUse => Port ?? Encryption switch { Tls => TlsPort, None => PlainPort, _ => SubmissionPort };

    public IEnumerable<string> Problems()
    {
        if (HasHost && !(MailboxAddress.TryParse(From ?? "", out var from) && from.Domain.Length > 0))
            yield return $"{Section}:Host is set and {Section}:From is no mail address; write the sender, such as Atmosphere <reports@example.org>.";
        if (Password is not null && string.IsNullOrEmpty(User))
            yield return $"{Section}:Password is set and {Section}:User is not; set both or none.";
        if (Encryption == None && User is not null)
            yield return $"{Section}:Encryption is {None} and {Section}:User is set; the password would be readable on its way. Use {StartTls} or {Tls}.";
        if (CaFile is not null && Encryption == None)
            yield return $"{Section}:CaFile is set and {Section}:Encryption is {None}; use {StartTls} or {Tls}, or leave CaFile out.";
        if (CaFile is not null && Authorities.ProblemOf(CaFile) is { } problem)
            yield return $"{Section}:CaFile is {CaFile}, {problem}; name a PEM file with the certificate of the server's authority, or leave the setting out.";
    }
}
