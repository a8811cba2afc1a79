using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Models;

/// <summary>
/// While the server works with the recogniser in use, describes all faces with the one that an operator wants. When all are described, the
/// server starts itself anew: then no vector of the old one is in any memory.
/// </summary>
internal sealed class DescribeAnew(
    Database database, Redescription faces, ModelEngines engines, ModelSwitch ready, TimeProvider clock, ILogger<DescribeAnew> log) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, clock);
        while (!ready.IsReady && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await database.ReadAsync(session => ModelUse.FindAsync(session, ModelUse.Recogniser), stoppingToken) is { Wanted: { } wanted, Problem: null })
                    await DescribeAsync(wanted, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogWarning(error, "The faces cannot be described by the recogniser that is wanted; the one in use stays");
                await database.WriteAsync(session => ModelUse.ProblemAsync(session, ModelUse.Recogniser, error.Message), CancellationToken.None);
            }
        }
    }

    private async Task DescribeAsync(string wanted, CancellationToken cancellation)
    {
        using var engine = engines.Open(wanted);
        await faces.ContinueAsync(engine.Faces, progress: null, cancellation);
        log.LogInformation("All faces are described by {Model}; the server starts itself anew to use it", wanted);
        ready.Ready();
    }
}
