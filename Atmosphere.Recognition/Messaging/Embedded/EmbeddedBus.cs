using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>Takes back the messages of a crashed run, starts the workers of all queues, and stops them without losing a message.</summary>
internal sealed class EmbeddedBus(
    FlowTables flows,
    Database database,
    MessageTable table,
    IOutbox outbox,
    QueueSignals signals,
    StepRunner runner,
    TimeProvider clock,
    IOptions<MessagingOptions> options,
    ILogger<EmbeddedBus> log) : LifecycleService, IDisposable
{
    private readonly RunMark _mark = new(database, log);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();
    private Task _workers = Task.CompletedTask;

    // Last: a server whose address is taken must fail before it has worked on a message.
    public override async Task StartedAsync(CancellationToken cancellationToken)
    {
        await TakeOverAsync(cancellationToken);
        _mark.Set();
        SpareThreads();
        _workers = Task.WhenAll(
            from row in flows.Rows
            group row.Workers by row.Queue into queue
            from _ in Enumerable.Range(0, queue.Max())
            let worker = new QueueWorker(queue.Key, database, table, outbox, signals.Of(queue.Key), runner, clock, log)
            select Task.Run(() => worker.RunAsync(_stopping.Token, _abandon.Token), CancellationToken.None));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _abandon.CancelAfter(options.Value.StopWithin);
        await _workers.WaitAsync(cancellationToken);
        _mark.Remove();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abandon.Dispose();
    }

    /// <summary>Steps compute on pool threads. Without spare threads a request waits half a second until the pool adds one.</summary>
    private void SpareThreads()
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        _ = ThreadPool.SetMinThreads(Math.Max(threads, Environment.ProcessorCount + flows.Rows.Sum(row => row.Workers)), ports);
    }

    private async Task TakeOverAsync(CancellationToken cancellation)
    {
        var limit = options.Value.CrashLimit;
        var left = await database.WriteAsync(session => table.TakeOverAsync(session, limit, _mark.IsLeft), cancellation);
        foreach (var message in left.Where(message => message.Envelope.Crashes >= limit))
        {
            var reason = new HopelessException($"The program died {message.Envelope.Crashes} times while it worked on this message.");
            await BuryAsync(message, runner.Exhausted(message.Envelope, reason, message.Envelope.Attempts), cancellation);
        }

        if (left.Count > 0)
            log.LogInformation("{Count} messages that the last run was working on are worked on again", left.Count);
    }

    private async Task BuryAsync(ClaimedMessage message, StepOutcome.Dead dead, CancellationToken cancellation)
    {
        var queue = message.Envelope.Queue;
        try
        {
            await CommitAsync(dead);
        }
        catch (Exception error) when (MessageOutcome.IsToBlame(error))
        {
            dead = dead.WithoutEffects(error, queue, log);
            await CommitAsync(dead);
        }

        await MessageOutcome.TidyAsync(dead, log);

        Task CommitAsync(StepOutcome outcome) => database.WriteAsync(
            session => MessageOutcome.CommitAsync(session, table, outbox, signals.Of(queue), message, outcome), cancellation);
    }
}
