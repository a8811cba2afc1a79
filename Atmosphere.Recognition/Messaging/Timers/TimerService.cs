using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging.Timers;

/// <summary>Sends what is due, and says when it is due next, in one transaction. What was missed while the program rested is sent once.</summary>
internal sealed class TimerService(FlowTables flows, Database database, IOutbox outbox, TimeProvider clock, ILogger<TimerService> log) : BackgroundService
{
    /// <summary>A machine that slept, or whose clock was set, is noticed after this.</summary>
    private static readonly TimeSpan _longestRest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, TimerRow> _timers = flows.Timers.Where(timer => timer.Enabled).ToDictionary(timer => timer.Name);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.WriteAsync(ScheduleAsync, cancellationToken);
        if (_timers.Count > 0)
            await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
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

    /// <summary>Sends what is due.</summary>
    /// <returns>How long nothing will be.</returns>
    internal async Task<TimeSpan> RunAsync(CancellationToken cancellation)
    {
        var due = await database.ReadAsync(session => TimerTable.DueAsync(session, clock.GetUtcNow()), cancellation);
        foreach (var run in due.Where(run => _timers.ContainsKey(run.Name)))
            await database.WriteAsync(session => SendAsync(session, _timers[run.Name], run), cancellation);

        var next = await database.ReadAsync(TimerTable.NextAsync, cancellation);
        var rest = next - clock.GetUtcNow() ?? _longestRest;

        // A hair late rather than early: the clock must have passed the time.
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
        // From now, not from the run: what was missed besides is not sent.
        var now = clock.GetUtcNow();
        if (await TimerTable.TakeAsync(session, run, timer.Schedule.After(now), now))
            await outbox.SendAsync(session, timer.Message(DateTimeOffset.FromUnixTimeMilliseconds(run.DueAt)));
    }
}
