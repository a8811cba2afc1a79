using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Sends due timer messages and stores the next due time, in one transaction. Runs missed during a stop are sent once.</summary>
internal sealed class TimerService(FlowTables flows, Database database, IOutbox outbox, TimeProvider clock, ILogger<TimerService> log) : LifecycleService, IDisposable
{
    /// <summary>Polling interval: how soon a wake-up from sleep or a change of the clock is noticed.</summary>
    private static readonly TimeSpan _longestRest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, TimerRow> _timers = flows.Timers.Where(timer => timer.Enabled).ToDictionary(timer => timer.Name);
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    // Last: a server whose address is taken must fail before it has worked on a message.
    public override async Task StartedAsync(CancellationToken cancellationToken)
    {
        await database.WriteAsync(ScheduleAsync, cancellationToken);
        if (_timers.Count > 0)
            _loop = Task.Run(() => LoopAsync(_stopping.Token), CancellationToken.None);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task LoopAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var rest = _longestRest;
            try
            {
                rest = await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "The timers could not be looked at; trying again in {Rest}", rest);
            }

            await Task.Delay(rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends the due messages.</summary>
    /// <returns>The time until the next one may be due.</returns>
    internal async Task<TimeSpan> RunAsync(CancellationToken cancellation)
    {
        var due = await database.ReadAsync(session => TimerTable.DueAsync(session, clock.GetUtcNow()), cancellation);
        foreach (var run in due.Where(run => _timers.ContainsKey(run.Name)))
            await database.WriteAsync(session => SendAsync(session, _timers[run.Name], run), cancellation);

        var next = await database.ReadAsync(TimerTable.NextAsync, cancellation);
        var rest = next - clock.GetUtcNow() ?? _longestRest;

        // One millisecond late rather than early: the due time must have passed.
        return rest < _longestRest ? TimeSpan.FromMilliseconds(Math.Max(1, rest.TotalMilliseconds + 1)) : _longestRest;
    }

    private async Task ScheduleAsync(Session session)
    {
        await TimerTable.KeepAsync(session, _timers.Keys);
        foreach (var timer in _timers.Values)
        {
            if (timer.Schedule.After(clock.GetUtcNow()) is { } due)
                await TimerTable.ScheduleAsync(session, timer.Name, timer.Cron, timer.TimeZone, due);
        }
    }

    private async Task SendAsync(Session session, TimerRow timer, DueTimer run)
    {
        // Counted from now, not from the due time: further missed runs are skipped.
        var now = clock.GetUtcNow();
        if (await TimerTable.TakeAsync(session, run, timer.Schedule.After(now), now))
            await outbox.SendAsync(session, timer.Message(DateTimeOffset.FromUnixTimeMilliseconds(run.DueAt)));
    }
}
