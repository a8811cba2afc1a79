using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>One kind of thing that does not live for ever; every registered one is asked in every round.</summary>
public interface ITimeToLive
{
    /// <summary>Deletes what has outlived its time.</summary>
    /// <returns>How many things that were.</returns>
    Task<int> ExpireAsync(CancellationToken cancellation);
}

/// <summary>Deletes everything that has outlived its time.</summary>
public sealed class Retention
{
    private readonly IEnumerable<ITimeToLive> _kinds;
    private readonly ILogger<Retention> _log;

    internal Retention(IEnumerable<ITimeToLive> kinds, ILogger<Retention> log) => (_kinds, _log) = (kinds, log);

    /// <summary>One round. A kind that fails does not keep the others.</summary>
    /// <returns>How many things were deleted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var total = 0;
        foreach (var kind in _kinds)
        {
            try
            {
                var count = await kind.ExpireAsync(cancellation);
                total += count;
                if (count > 0)
                    _log.LogInformation("{Kind}: {Count} deleted", kind.GetType().Name, count);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                _log.LogError(error, "{Kind} failed; the next round tries again", kind.GetType().Name);
            }
        }

        return total;
    }
}
