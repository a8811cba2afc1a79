using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console.Health;

/// <summary>Checks that the database can be read and written.</summary>
internal sealed class DatabaseCheck(Database database) : IHealthCheck
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await OperatorRequests.ProbeAsync(database, cancellationToken).WaitAsync(_patience, cancellationToken);
            return HealthCheckResult.Healthy("It reads and writes.");
        }
        catch (TimeoutException late)
        {
            return HealthCheckResult.Unhealthy("It did not answer within two seconds. Look at the disk, and at programs that hold the database.", late);
        }
        catch (StorageFullException full)
        {
            return HealthCheckResult.Unhealthy("The disk is full. Free some space; work goes on by itself.", full);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("It cannot be used; the log says why.", error);
        }
    }
}

/// <summary>Checks that files can be stored.</summary>
internal sealed class MediaCheck(IMediaStore media) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await media.ProbeAsync(cancellationToken);
            return HealthCheckResult.Healthy("Files can be stored.");
        }
        catch (StorageFullException full)
        {
            return HealthCheckResult.Unhealthy("No file can be stored because the disk is full. Free some space; work goes on by itself.", full);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("No file can be stored; the log says why.", error);
        }
    }
}

/// <summary>Checks the free disk space.</summary>
internal sealed class DiskCheck(Database database, IOptions<HealthOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = new DriveInfo(database.Folder).AvailableFreeSpace / 1_000_000;
        return Task.FromResult(free >= options.Value.FreeDiskMegabytes
            ? HealthCheckResult.Healthy(Sheet.Say($"{free / 1000.0:0.0} GB are free."))
            : HealthCheckResult.Degraded(Sheet.Say($"The disk is nearly full: {free:N0} MB are free. Make room before photos are refused.")));
    }
}
