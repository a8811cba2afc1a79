using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>
/// Every two seconds stores the workers' figures if they changed, for other processes to read, and wakes the workers of a queue that got
/// a message from another process.
/// </summary>
internal sealed class QueueStateKeeper(
    FlowTables flows, Database database, QueueCounters counters, QueueSignals signals, QueueGauges gauges, TimeProvider clock, ILogger<QueueStateKeeper> log)
    : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, QueuePace> _paces = flows.Rows
        .GroupBy(row => row.Queue)
        .ToDictionary(queue => queue.Key, queue => new QueuePace(queue.Max(row => row.Workers)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => WriteAsync(stopped: true, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(() => WriteAsync(stopped: false, stoppingToken));
        using var timer = new PeriodicTimer(_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(() => WriteAsync(stopped: false, stoppingToken));
            await TryAsync(() => WakeAsync(stoppingToken));
            await TryAsync(() => gauges.RefreshAsync(stoppingToken));
        }
    }

    private async Task WriteAsync(bool stopped, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var news = _paces
            .Select(queue => (queue.Key, News: queue.Value.Look(counters.Of(queue.Key), now, stopped)))
            .Where(queue => queue.News is not null)
            .ToList();
        if (news.Count == 0)
            return;

        await database.WriteAsync(
            async session =>
            {
                foreach (var (queue, pace) in news)
                    await QueueStateTable.AddAsync(session, queue, pace!.Since, pace.PerSecond, pace.Workers, now);
            },
            cancellation);
        foreach (var (queue, pace) in news)
            _paces[queue].Written(pace!);
    }

    private async Task WakeAsync(CancellationToken cancellation)
    {
        foreach (var queue in _paces.Keys)
        {
            if (await database.ReadAsync(session => QueueStateTable.IsDueAsync(session, queue, clock.GetUtcNow()), cancellation))
                signals.Of(queue).Set();
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "The states of the queues could not be kept; trying again");
        }
    }
}
