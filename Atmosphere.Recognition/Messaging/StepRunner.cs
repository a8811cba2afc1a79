using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Runs a step on one message, independent of the transport, and turns a failure into an outcome.</summary>
internal sealed class StepRunner(IServiceScopeFactory scopes, FlowTables flows, QueueCounters counters, Random random, ILogger<StepRunner> log)
{
    /// <summary>Starts the record of a run. The worker calls this first and reports the outcome to the returned run.</summary>
    public StepRun Begin(Envelope envelope) => StepRun.Begin(flows.Find(envelope.Queue, envelope.Type), envelope, counters);

    public async Task<StepOutcome> RunAsync(Envelope envelope, CancellationToken cancellation)
    {
        try
        {
            var row = RowOf(envelope);
            var message = MessageJson.Read(envelope.Body, row.MessageType);
            await using var scope = scopes.CreateAsyncScope();
            return new StepOutcome.Done(await row.Handle(scope.ServiceProvider, message, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new StepOutcome.Interrupted();
        }
        catch (StorageFullException error)
        {
            return new StepOutcome.NoSpace(error);
        }
        catch (Exception error)
        {
            return Failed(envelope, error);
        }
    }

    /// <summary>The outcome after the step, or the commit of its effects, failed.</summary>
    public StepOutcome Failed(Envelope envelope, Exception error)
    {
        var attempt = envelope.Attempts + 1;
        var row = flows.Find(envelope.Queue, envelope.Type);
        if (row?.Retry.After(error, attempt, random.NextDouble()) is not { } delay)
            return Exhausted(envelope, error, attempt);

        log.LogWarning(
            Story(error), "{Step} failed, attempt {Attempt} of {Attempts}; again in {Delay}: {Reason}", row.Step, attempt, row.Retry.Attempts, delay, LoggedError.Words(error.Message));
        return new StepOutcome.Rest(delay, error);
    }

    /// <summary>The outcome after the last attempt: a dead letter with the step's give-up effects.</summary>
    public StepOutcome.Dead Exhausted(Envelope envelope, Exception error, int attempts)
    {
        log.LogError(Story(error), "{Queue} gives up message {Message}: {Reason}", envelope.Queue, envelope.Id, LoggedError.Words(error.Message));
        try
        {
            var row = RowOf(envelope);
            using var scope = scopes.CreateScope();
            return new StepOutcome.Dead(error, attempts, row.OnExhausted(scope.ServiceProvider, MessageJson.Read(envelope.Body, row.MessageType), error));
        }
        catch (Exception second)
        {
            log.LogError(new LoggedError(second), "What {Queue} does when it gives up failed, too", envelope.Queue);
            return new StepOutcome.Dead(error, attempts, Effects.None);
        }
    }

    /// <summary>An unavailable service is no surprise. Its stack trace, logged for every waiting message, would hide real errors.</summary>
    private static LoggedError? Story(Exception error) => error is TryLaterException ? null : new LoggedError(error);

    private StepRow RowOf(Envelope envelope) =>
        flows.Find(envelope.Queue, envelope.Type)
        ?? throw new HopelessException($"No step of this version handles {envelope.Type} from queue '{envelope.Queue}'.");
}
