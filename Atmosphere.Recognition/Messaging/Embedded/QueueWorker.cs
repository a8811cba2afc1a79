using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>Handles the messages of one queue, one at a time. Several workers of a queue compete.</summary>
internal sealed class QueueWorker(
    string queue, Database database, MessageTable table, IOutbox outbox, QueueSignal signal, StepRunner runner, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan _pauseAfterTrouble = TimeSpan.FromSeconds(1);

    /// <summary>A message that another process put into the table wakes nobody here; this look finds it.</summary>
    private static readonly TimeSpan _longestSleep = TimeSpan.FromSeconds(30);

    /// <param name="stopping">No further message is begun.</param>
    /// <param name="abandon">The message that is being worked on is given back.</param>
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

    /// <summary>Commits the outcome, and in the same transaction takes the next message.</summary>
    private async Task<ClaimedMessage?> FinishAsync(ClaimedMessage claimed, StepOutcome outcome, StepRun run, CancellationToken stopping)
    {
        if (outcome is StepOutcome.NoSpace { Reason: var reason })
        {
            // Not given back when the program stops meanwhile: that would need space. The next run takes it over; see RunMark.
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

        // Fires a hair late rather than early: the clock must have passed the due time when the worker looks again.
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
            // The caller looks at the token.
        }
    }
}
