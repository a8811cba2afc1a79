using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Outbound.Mqtt;

/// <summary>Section <c>Atmosphere:Notices:Mqtt</c>: the broker that tells devices about faces. Without a host nobody is told.</summary>
public sealed class MqttOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Notices:Mqtt";

    internal const string Version5 = "5";
    internal const string Version311 = "3.1.1";

    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    /// <summary>Name or address of the broker; without one no device is told.</summary>
    [HostName]
    public string? Host { get; set; }

    /// <summary>The port of the broker.</summary>
    [Range(1, 65535), Unit("1883 where it is not set, with Tls 8883")]
    public int? Port { get; set; }

    /// <summary>The version of MQTT that is spoken.</summary>
    [AllowedValues(Version5, Version311)]
    public string Version { get; set; } = Version5;

    /// <summary>Whether the connection is encrypted and the broker's certificate checked.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the authorities that may have signed the broker's certificate; those that the machine trusts where none is named.</summary>
    public string? CaFile { get; set; }

    /// <summary>User name at the broker.</summary>
    [StringLength(200)]
    public string? User { get; set; }

    /// <summary>The user's password. Never in appsettings.json: use the environment.</summary>
    [Secret]
    [StringLength(200)]
    public string? Password { get; set; }

    /// <summary>What the topics begin with: &lt;prefix&gt;/&lt;group&gt;/faces.</summary>
    [RegularExpression(@"(?![$/])[^+#\0]{1,200}(?<!/)", ErrorMessage = "up to 200 letters without + and #, no $ or / at its start and no / at its end")]
    public string TopicPrefix { get; set; } = "atmosphere";

    /// <summary>How long the broker may take to accept a connection or confirm a message.</summary>
    [TimeRange("00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    internal bool HasHost => !string.IsNullOrWhiteSpace(Host);

    internal int PortInUse => Port ?? (Tls ? TlsPort : PlainPort);

    public IEnumerable<string> Problems()
    {
        if (Password is not null && string.IsNullOrEmpty(User))
            yield return $"{Section}:Password is set and {Section}:User is not; MQTT knows no password without a user, so set both or none.";
        if (CaFile is not null && !Tls)
            yield return $"{Section}:CaFile is set and {Section}:Tls is not; set Tls to true, or leave CaFile out.";
        if (CaFile is not null && Authorities.ProblemOf(CaFile) is { } problem)
            yield return $"{Section}:CaFile is {CaFile}, {problem}; name a PEM file with the certificate of the broker's authority, or leave the setting out.";
    }
}
