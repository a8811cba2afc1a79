using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>Handles the messages of one queue, one at a time. Several workers may compete for the same queue.</summary>
internal sealed class QueueWorker(
    string queue, Database database, MessageTable table, IOutbox outbox, QueueSignal signal, StepRunner runner, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan _pauseAfterTrouble = TimeSpan.FromSeconds(1);

    /// <summary>The polling interval. A message that another process sends raises no signal here; polling finds it.</summary>
    private static readonly TimeSpan _longestSleep = TimeSpan.FromSeconds(30);

    /// <param name="stopping">Cancelled: start no further message.</param>
    /// <param name="abandon">Cancelled: release the message in progress.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abandon)
    {
        ClaimedMessage? claimed = null;
        while (claimed is not null || !stopping.IsCancellationRequested)
        {
            try
            {
                claimed ??= await ClaimAsync(stopping);
                if (claimed is null)
                    await SleepAsync(stopping);
                else
                    claimed = await HandleAsync(claimed, stopping, abandon);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (MessageGoneException error)
            {
                log.LogWarning(error, "Queue {Queue}: a message was taken away while it was worked on; what became of it is not kept", queue);
                claimed = null;
            }
            catch (Exception error)
            {
                log.LogError(error, "Queue {Queue}: trouble with the database; trying again", queue);
                await PauseAsync(stopping);
                if (stopping.IsCancellationRequested)
                    return;
            }
        }
    }

    private Task<ClaimedMessage?> ClaimAsync(CancellationToken stopping) =>
        database.WriteAsync(session => table.ClaimAsync(session, queue), stopping);

    private async Task<ClaimedMessage?> HandleAsync(ClaimedMessage claimed, CancellationToken stopping, CancellationToken abandon)
    {
        Correlation.Continue(claimed.Envelope.CorrelationId);
        using var run = runner.Begin(claimed.Envelope);
        using var scope = log.BeginScope(new Dictionary<string, object>
        {
            ["Correlation"] = claimed.Envelope.CorrelationId,
            ["Queue"] = queue,
            ["Message"] = claimed.Envelope.Id,
            ["Step"] = run.Step,
        });
        var outcome = await runner.RunAsync(claimed.Envelope, abandon);
        try
        {
            return await FinishAsync(claimed, outcome, run, stopping);
        }
        catch (Exception error) when (outcome is StepOutcome.Done && MessageOutcome.IsToBlame(error))
        {
            return await FinishAsync(claimed, runner.Failed(claimed.Envelope, error), run, stopping);
        }
        catch (Exception error) when (outcome is StepOutcome.Dead && MessageOutcome.IsToBlame(error))
        {
            return await FinishAsync(claimed, ((StepOutcome.Dead)outcome).WithoutEffects(error, queue, log), run, stopping);
        }
    }

    /// <summary>Commits the outcome and claims the next message in the same transaction.</summary>
    private async Task<ClaimedMessage?> FinishAsync(ClaimedMessage claimed, StepOutcome outcome, StepRun run, CancellationToken stopping)
    {
        if (outcome is StepOutcome.NoSpace { Reason: var reason })
        {
            // Not released on shutdown: that would need disk space. The next run takes the message over; see RunMark.
            log.LogError(reason, "Queue {Queue} waits for free space", queue);
            await PauseAsync(stopping);
            return stopping.IsCancellationRequested ? null : claimed;
        }

        var next = await database.WriteAsync(
            async session =>
            {
                await MessageOutcome.CommitAsync(session, table, outbox, signal, claimed, outcome);
                return stopping.IsCancellationRequested ? null : await table.ClaimAsync(session, queue);
            },
            CancellationToken.None);
        run.Ended(outcome);
        await MessageOutcome.TidyAsync(outcome, log);
        return next;
    }

    private async Task SleepAsync(CancellationToken stopping)
    {
        var due = await database.ReadAsync(session => MessageTable.NextDueAsync(session, queue), stopping);
        var rest = due - clock.GetUtcNow() ?? _longestSleep;
        if (rest <= TimeSpan.Zero)
            return;

        // One millisecond late rather than early: the due time must have passed when the worker looks again.
        await using var alarm = clock.CreateTimer(
            _ => signal.Set(), null, rest < _longestSleep ? rest + TimeSpan.FromMilliseconds(1) : _longestSleep, Timeout.InfiniteTimeSpan);
        await signal.WaitAsync(stopping);
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(_pauseAfterTrouble, clock, stopping);
        }
        catch (OperationCanceledException)
        {
            // The caller checks the token.
        }
    }
}
