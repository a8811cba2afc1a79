using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Atmosphere.Recognition.Outbound.Mqtt;

/// <summary>Section <c>Atmosphere:Notices:Mqtt</c>: the broker that tells devices about faces. Without a host nobody is told.</summary>
public sealed class MqttOptions
{
    public const string Section = "Atmosphere:Notices:Mqtt";

    internal const string Version5 = "5";
    internal const string Version311 = "3.1.1";

    private const int PlainPort = 1883;
    private const int TlsPort = 8883;
    private const int LongestText = 200;

    /// <summary>Name or address of the broker; default none: no device is told.</summary>
    public string? Host { get; set; }

    /// <summary>1..65535; default 1883, with Tls 8883.</summary>
    public int? Port { get; set; }

    /// <summary>The version of MQTT that is spoken: 5 or 3.1.1; default 5.</summary>
    public string Version { get; set; } = Version5;

    /// <summary>Whether the connection is encrypted and the broker's certificate checked; default false.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the authorities that may have signed the broker's certificate; default none: those that the machine trusts.</summary>
    public string? CaFile { get; set; }

    /// <summary>Default none.</summary>
    public string? User { get; set; }

    /// <summary>Default none. Never in appsettings.json: use the environment.</summary>
    public string? Password { get; set; }

    /// <summary>What the topics begin with: &lt;prefix&gt;/&lt;group&gt;/faces; up to 200 letters, default atmosphere.</summary>
    public string TopicPrefix { get; set; } = "atmosphere";

    /// <summary>How long the broker may take to accept a connection or confirm a message; 1 second to 2 minutes, default 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    internal bool HasHost => !string.IsNullOrWhiteSpace(Host);

    internal int PortInUse => Port ?? (Tls ? TlsPort : PlainPort);

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (!HasHost)
            yield break;
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return $"{Section}:Host is '{Host}'; use the broker's name or address alone, such as broker.example.org.";
        if (Port is < 1 or > 65535)
            yield return $"{Section}:Port is {Port}; use 1 to 65535 (the default is 1883, with Tls 8883).";
        if (Version is not (Version5 or Version311))
            yield return $"{Section}:Version is '{Version}'; use {Version5} or {Version311} (the default is {Version5}).";
        if (Password is not null && string.IsNullOrEmpty(User))
            yield return $"{Section}:Password is set and {Section}:User is not; MQTT knows no password without a user, so set both or none.";
        if (User?.Length > LongestText || Password?.Length > LongestText)
            yield return $"{Section}:User or {Section}:Password is longer than {LongestText} letters; use a shorter one.";
        if (TopicPrefix.Length is 0 or > LongestText || TopicPrefix.AsSpan().ContainsAny("+#\0") || TopicPrefix[0] is '$' or '/' || TopicPrefix[^1] == '/')
            yield return $"{Section}:TopicPrefix is '{TopicPrefix}'; use up to {LongestText} letters without + and #, no $ or / at its start and no / at its end.";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(2))
            yield return $"{Section}:Timeout is {Timeout}; use 00:00:01 to 00:02:00 (the default is 00:00:10).";
        if (CaFile is not null && !Tls)
            yield return $"{Section}:CaFile is set and {Section}:Tls is not; set Tls to true, or leave CaFile out.";
        if (CaFile is not null && ProblemOf(CaFile) is { } problem)
            yield return $"{Section}:CaFile is {CaFile}, {problem}; name a PEM file with the certificate of the broker's authority, or leave the setting out.";
    }

    private static string? ProblemOf(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? null : "which holds no certificate";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return "which cannot be read";
        }
    }
}
