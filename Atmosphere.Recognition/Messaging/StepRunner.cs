using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Runs a step on one message, whatever transport brought it, and decides what a failure means.</summary>
internal sealed class StepRunner(IServiceScopeFactory scopes, FlowTables flows, Random random, ILogger<StepRunner> log)
{
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

    /// <summary>What a failure of the step, or of committing what it wanted, means.</summary>
    public StepOutcome Failed(Envelope envelope, Exception error)
    {
        var attempt = envelope.Attempts + 1;
        var row = flows.Find(envelope.Queue, envelope.Type);
        if (row?.Retry.After(error, attempt, random.NextDouble()) is not { } delay)
            return Exhausted(envelope, error, attempt);

        log.LogWarning(error, "{Step} failed, attempt {Attempt} of {Attempts}; again in {Delay}", row.Step, attempt, row.Retry.Attempts, delay);
        return new StepOutcome.Rest(delay, error);
    }

    /// <summary>No attempt is left: the message dies, and the step does what it does then.</summary>
    public StepOutcome.Dead Exhausted(Envelope envelope, Exception error, int attempts)
    {
        log.LogError(error, "{Queue} gives up message {Message}", envelope.Queue, envelope.Id);
        try
        {
            var row = RowOf(envelope);
            using var scope = scopes.CreateScope();
            return new StepOutcome.Dead(error, attempts, row.OnExhausted(scope.ServiceProvider, MessageJson.Read(envelope.Body, row.MessageType), error));
        }
        catch (Exception second)
        {
            log.LogError(second, "What {Queue} does when it gives up failed, too", envelope.Queue);
            return new StepOutcome.Dead(error, attempts, Effects.None);
        }
    }

    private StepRow RowOf(Envelope envelope) =>
        flows.Find(envelope.Queue, envelope.Type)
        ?? throw new HopelessException($"No step of this version handles {envelope.Type} from queue '{envelope.Queue}'.");
}
