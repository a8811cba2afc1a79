namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Rounds that pile up while one takes longer than the time to the next: what was due before the last one began is in that one.</summary>
internal sealed class LatestRound(TimeProvider clock)
{
    private DateTimeOffset _began = DateTimeOffset.MinValue;

    public async Task RunAsync(DateTimeOffset due, Func<Task> round)
    {
        // A clock that was set back must not end all rounds.
        var now = clock.GetUtcNow();
        if (due <= _began && _began <= now)
            return;

        await round();
        _began = now;
    }
}
