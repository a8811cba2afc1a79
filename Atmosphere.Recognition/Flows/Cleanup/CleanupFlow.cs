using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>The flow of retention: timers that delete expired data.</summary>
public static class CleanupFlow
{
    // The next run is the retry.
    private static readonly RetryPolicy _once = new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    public static FlowTable Table { get; } = new("cleanup",
    [
        StepRow.Of<ExpireWhatIsOld, RunRetention>("cleanup", [], _once),
        StepRow.Of<SweepWhatIsLost, RunSweep>("cleanup-sweep", [], _once),
    ])
    {
        Timers =
        [
            TimerRow.Of("retention", "* * * * *", "UTC", due => new RunRetention(due)),
            TimerRow.Of("sweep", "20 * * * *", "UTC", due => new RunSweep(due)),
        ],
    };
}
