using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Section <c>Atmosphere:Distribution</c>: when and how often photos go to parents.</summary>
public sealed class DistributionOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Distribution";

    /// <summary>When the album of the day goes out, by the clock of the photo's group: a cron expression.</summary>
    public string Album { get; set; } = "0 19 * * *";

    /// <summary>Two photos that differ in at most so many of 63 bits are nearly equal.</summary>
    [Range(0, 20), Unit("bits; 0 is off")]
    public int BurstDistance { get; set; } = 6;

    /// <summary>How far apart nearly equal photos may be taken, or come in where a camera did not say.</summary>
    [TimeRange("00:00:00", "01:00:00")]
    public TimeSpan BurstWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a picture that a parent has got is not sent again when somebody posts it again in the group; 0 is off.</summary>
    [TimeRange("00:00:00", "60.00:00:00")]
    public TimeSpan Reposts { get; set; } = TimeSpan.FromDays(7);

    public IEnumerable<string> Problems()
    {
        string? problem = null;
        try
        {
            _ = TimerSettings.ScheduleOf($"{Section}:Album", Album, "UTC");
        }
        catch (FlowTableException error)
        {
            problem = error.Message;
        }

        return problem is null ? [] : [problem];
    }
}
