using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console.Health;

/// <summary>Checks that the engine's library loads and its networks exist. Once loaded, they stay in memory.</summary>
internal sealed class ModelsCheck(IOptions<FaceModelOptions> options) : IHealthCheck
{
    private string? _found;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult(HealthCheckResult.Healthy(_found ??= Look()));
        }
        catch (Exception error)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The face networks cannot be loaded; 'atmosphere doctor' says what to do.", error));
        }
    }

    private string Look()
    {
        var report = new FaceModelReport(options.Value);
        _ = report.Runtime();
        return Sheet.Say($"{report.Networks().Count} face networks are there.");
    }
}

/// <summary>Checks that messages are handled in time.</summary>
internal sealed class QueuesCheck(Queues queues, IOptions<HealthOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await queues.OldestAsync(cancellationToken) is not { } oldest)
            return HealthCheckResult.Healthy("Nothing waits.");
        return oldest.Age <= options.Value.OldestMessage
            ? HealthCheckResult.Healthy(Sheet.Say($"The oldest message, in {oldest.Queue}, has been due for {oldest.Age.TotalSeconds:0.0} s."))
            : HealthCheckResult.Unhealthy(
                $"A message in {oldest.Queue} has been due for {Sheet.Age(oldest.Age)}, longer than {HealthOptions.Section}:OldestMessage ({options.Value.OldestMessage}). Look at 'atmosphere queues'.");
    }
}

/// <summary>Checks that every requested erasure is completed.</summary>
internal sealed class ErasuresCheck(ErasureRecords erasures) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var incomplete = await erasures.CountIncompleteAsync(cancellationToken);
        return incomplete == 0
            ? HealthCheckResult.Healthy("No erasure is incomplete.")
            : HealthCheckResult.Degraded(Sheet.Say($"{incomplete} erasures are incomplete. 'atmosphere erasures list' says why; remove the cause, then run 'atmosphere dead-letters replay'."));
    }
}

/// <summary>Checks that there are no dead letters.</summary>
internal sealed class DeadLettersCheck(DeadLetters letters) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var count = await letters.CountAsync(queue: null, cancellationToken);
        return count == 0
            ? HealthCheckResult.Healthy("No message was given up.")
            : HealthCheckResult.Degraded(Sheet.Say($"{count} messages were given up. Look at 'atmosphere dead-letters list'; replay or drop them."));
    }
}
