namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Skips runs that pile up while one takes longer than the interval: a run due before the last one began is covered by it.
/// </summary>
internal sealed class LatestRound(TimeProvider clock)
{
    private DateTimeOffset _began = DateTimeOffset.MinValue;

    public async Task RunAsync(DateTimeOffset due, Func<Task> round)
    {
        // A clock that was set back must not stop all runs.
        var now = clock.GetUtcNow();
        if (due <= _began && _began <= now)
            return;

        await round();
        _began = now;
    }
}
