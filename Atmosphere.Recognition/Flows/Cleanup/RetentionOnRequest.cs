using System.Text.Json;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// A round of retention when an operator asks for one. The server runs it itself: what is deleted must also leave the collections that it has
/// in its memory.
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
