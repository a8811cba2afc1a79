using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Console.Health;

/// <summary>Section <c>Atmosphere:Health</c>: when the server says that it is not well.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Atmosphere:Health";

    /// <summary>How long a message may have been due before the server is not ready.</summary>
    [TimeRange("00:00:01", "1.00:00:00")]
    public TimeSpan OldestMessage { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Free space of the data folder's disk below which the server says so.</summary>
    [Range(1, 10_000_000), Unit("megabytes")]
    public long FreeDiskMegabytes { get; set; } = 1000;
}
