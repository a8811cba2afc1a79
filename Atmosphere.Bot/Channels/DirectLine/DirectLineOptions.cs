namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>Section <c>Atmosphere:Channels:DirectLine</c>.</summary>
internal sealed class DirectLineOptions
{
    public const string Section = "Atmosphere:Channels:DirectLine";

    /// <summary>How long a chat's token is good; it can be refreshed until then. 1 minute to 30 days, default 1 day.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The pause after which a silent stream says that it is alive. 1 second to 5 minutes, default 15 seconds.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    public IEnumerable<string> Problems()
    {
        if (TokenLifetime < TimeSpan.FromMinutes(1) || TokenLifetime > TimeSpan.FromDays(30))
            yield return $"{Section}:TokenLifetime is {TokenLifetime}; use 00:01:00 to 30.00:00:00 (the default is 1.00:00:00).";
        if (KeepAlive < TimeSpan.FromSeconds(1) || KeepAlive > TimeSpan.FromMinutes(5))
            yield return $"{Section}:KeepAlive is {KeepAlive}; use 00:00:01 to 00:05:00 (the default is 00:00:15).";
    }
}
