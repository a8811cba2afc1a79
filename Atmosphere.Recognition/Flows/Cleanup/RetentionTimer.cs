using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>A round of retention at the start, and then one each interval.</summary>
internal sealed class RetentionTimer(Retention retention, IOptions<RetentionOptions> options, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
            await retention.RunAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
