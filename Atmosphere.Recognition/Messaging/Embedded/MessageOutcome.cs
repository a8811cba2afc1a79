using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>Commits the outcome of a step: the step's changes, its messages and the message's own row in one transaction.</summary>
internal static class MessageOutcome
{
    /// <summary>
    /// Whether a failed commit counts as an attempt. False if the database caused the failure: the message keeps its attempts and is
    /// handled again after a pause. Also false if the message is gone.
    /// </summary>
    public static bool IsToBlame(Exception error) =>
        error is not (StorageFullException or MessageGoneException) && !QuickRetries.IsPassing(error);

    /// <summary>The dead letter without the step's give-up effects, for when they cannot be stored.</summary>
    public static StepOutcome.Dead WithoutEffects(this StepOutcome.Dead dead, Exception error, string queue, ILogger log)
    {
        log.LogError(error, "Queue {Queue}: what the step does when it gives up could not be stored", queue);
        return dead with { Effects = Effects.None };
    }

    public static async Task CommitAsync(
        Session session, MessageTable table, IOutbox outbox, QueueSignal signal, ClaimedMessage message, StepOutcome outcome)
    {
        switch (outcome)
        {
            case StepOutcome.Done done:
                await done.Effects.ApplyAsync(session, outbox);
                if (await table.DeleteAsync(session, message))
                    session.AfterCommit(signal.Set);
                break;
            case StepOutcome.Dead dead:
                await dead.Effects.ApplyAsync(session, outbox);
                await table.BuryAsync(session, message, dead.Attempts, dead.Reason);
                session.AfterCommit(signal.Set);
                break;
            case StepOutcome.Rest rest:
                await table.RestAsync(session, message, rest.Delay);
                session.AfterCommit(signal.Set);
                break;
            case StepOutcome.Interrupted:
                await table.ReleaseAsync(session, message);
                break;
        }
    }

    /// <summary>Runs the clean-ups after the commit. The sweep repeats those that fail.</summary>
    public static async Task TidyAsync(StepOutcome outcome, ILogger log)
    {
        try
        {
            await ((outcome as StepOutcome.Done)?.Effects ?? (outcome as StepOutcome.Dead)?.Effects ?? Effects.None).FinishAsync();
        }
        catch (Exception error)
        {
            log.LogWarning(error, "A clean-up after a step failed; the sweep does it later");
        }
    }
}
