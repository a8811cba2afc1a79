namespace Atmosphere.Bot.Console.Health;

/// <summary>Section <c>Atmosphere:Health</c>: when the server says that it is not well.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Atmosphere:Health";

    /// <summary>How long a message may have been due before the server is not ready, [days.]hours:minutes:seconds; one second to one day, default 00:10:00.</summary>
    public TimeSpan OldestMessage { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Free space of the data folder's disk below which the server says so, megabytes; 1 to 10,000,000, default 1000.</summary>
    public long FreeDiskMegabytes { get; set; } = 1000;

    public IEnumerable<string> Problems()
    {
        if (OldestMessage < TimeSpan.FromSeconds(1) || OldestMessage > TimeSpan.FromDays(1))
            yield return $"{Section}:OldestMessage is {OldestMessage}; use 00:00:01 to 1.00:00:00 (the default is 00:10:00).";
        if (FreeDiskMegabytes is < 1 or > 10_000_000)
            yield return $"{Section}:FreeDiskMegabytes is {FreeDiskMegabytes}; use 1 to 10000000 (the default is 1000).";
    }
}
