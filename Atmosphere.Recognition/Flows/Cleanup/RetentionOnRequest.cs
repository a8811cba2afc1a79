using System.Text.Json;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Runs retention when an operator requests it. The server does it itself, so that deleted data also leaves its collections in memory.
/// </summary>
internal sealed class RetentionOnRequest(Retention retention, OperatorRequests requests, TimeProvider clock, ILogger<RetentionOnRequest> log) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await requests.AnswerAllAsync(
                    OperatorRequests.Retention, async cancellation => JsonSerializer.Serialize(await retention.RunAsync(cancellation)), stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogWarning(error, "Requests of operators could not be answered; trying again");
            }
        }
    }
}
