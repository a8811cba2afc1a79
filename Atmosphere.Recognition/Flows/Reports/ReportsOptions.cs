using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>Section <c>Atmosphere:Reports</c>: when reports about groups are generated, and how long their figures are kept.</summary>
public sealed class ReportsOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Reports";

    /// <summary>When the daily report is generated, by the clock of the group: a cron expression; empty: never. It covers the days since the previous one.</summary>
    public string Daily { get; set; } = "0 7 * * mon-fri";

    /// <summary>When the weekly report is generated, by the clock of the group: a cron expression; empty: never. It covers the seven days before that day.</summary>
    public string Weekly { get; set; } = "0 7 * * sun";

    /// <summary>A period with fewer faces has no report.</summary>
    [Range(0, 100_000), Unit("faces; 0 reports every period")]
    public int LeastFaces { get; set; } = 10;

    public IEnumerable<string> Problems() => Problem(nameof(Daily), Daily).Concat(Problem(nameof(Weekly), Weekly));

    private static IEnumerable<string> Problem(string name, string cron)
    {
        string? problem = null;
        try
        {
            if (cron.Length > 0)
                _ = TimerSettings.ScheduleOf($"{Section}:{name}", cron, "UTC");
        }
        catch (FlowTableException error)
        {
            problem = error.Message;
        }

        return problem is null ? [] : [problem];
    }
}
