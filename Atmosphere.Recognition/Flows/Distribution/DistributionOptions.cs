using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Section <c>Atmosphere:Distribution</c>: when and how often photos go to parents.</summary>
public sealed class DistributionOptions
{
    public const string Section = "Atmosphere:Distribution";

    private const int MostDistance = 20;
    private static readonly TimeSpan _longestWindow = TimeSpan.FromHours(1);

    /// <summary>When the album of the day goes out, by the clock of the photo's group: a cron expression, default "0 19 * * *".</summary>
    public string Album { get; set; } = "0 19 * * *";

    /// <summary>Two photos that differ in at most so many of 63 bits are nearly equal; 0 (off) to 20, default 6.</summary>
    public int BurstDistance { get; set; } = 6;

    /// <summary>How far apart nearly equal photos may be taken, or come in where a camera did not say; 0 to one hour, default two minutes.</summary>
    public TimeSpan BurstWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (AlbumProblem() is { } problem)
            yield return problem;
        if (BurstDistance is < 0 or > MostDistance)
            yield return $"{Section}:BurstDistance is {BurstDistance}; use 0 (off) to {MostDistance} (bits; the default is 6).";
        if (BurstWindow < TimeSpan.Zero || BurstWindow > _longestWindow)
            yield return $"{Section}:BurstWindow is {BurstWindow}; use 00:00:00 to {_longestWindow} (hours:minutes:seconds; the default is 00:02:00).";
    }

    private string? AlbumProblem()
    {
        try
        {
            _ = TimerSettings.ScheduleOf($"{Section}:Album", Album, "UTC");
            return null;
        }
        catch (FlowTableException error)
        {
            return error.Message;
        }
    }
}
