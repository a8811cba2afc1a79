using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>Section <c>Atmosphere:Channels:DirectLine</c>.</summary>
internal sealed class DirectLineOptions
{
    public const string Section = "Atmosphere:Channels:DirectLine";

    /// <summary>How long a chat's token is good; it can be refreshed until then.</summary>
    [TimeRange("00:01:00", "30.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The pause after which a silent stream says that it is alive.</summary>
    [TimeRange("00:00:01", "00:05:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}
