using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>A kind of data that expires. All registered kinds run every minute; those that scan everything run every hour.</summary>
public partial interface ITimeToLive
{
    /// <summary>Name for reports; GroupPhotosExpire: "group photos".</summary>
    string Kind => CapitalPattern().Replace(EndingPattern().Replace(GetType().Name, ""), " $0").TrimStart().ToLowerInvariant();

    /// <summary>True if no index finds the due data, so that all files or tables are scanned.</summary>
    bool LooksAtEverything => false;

    /// <summary>Deletes the expired data.</summary>
    /// <returns>The number of deleted items.</returns>
    Task<int> ExpireAsync(CancellationToken cancellation);

    [GeneratedRegex("(Expire|Expires)$")]
    private static partial Regex EndingPattern();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex CapitalPattern();
}

/// <summary>Deletes all expired data, and finds files without rows and rows without files.</summary>
public sealed class Retention
{
    private readonly IEnumerable<ITimeToLive> _kinds;
    private readonly MissingFilesSearch _missing;
    private readonly ILogger<Retention> _log;
    private readonly LatestRound _expired;
    private readonly LatestRound _swept;

    internal Retention(IEnumerable<ITimeToLive> kinds, MissingFilesSearch missing, TimeProvider clock, ILogger<Retention> log)
    {
        (_kinds, _missing, _log) = (kinds, missing, log);
        (_expired, _swept) = (new LatestRound(clock), new LatestRound(clock));
    }

    /// <summary>Runs everything once. A kind that fails does not stop the others; the next run retries it.</summary>
    public async Task<RetentionReport> RunAsync(CancellationToken cancellation) => await SearchAsync(await AskAsync(_kinds, cancellation), cancellation);

    /// <summary>Runs the kinds that need no scan; does nothing if a run has begun since this one was due.</summary>
    internal Task ExpireAsync(DateTimeOffset due, CancellationToken cancellation) =>
        _expired.RunAsync(due, () => AskAsync(_kinds.Where(kind => !kind.LooksAtEverything), cancellation));

    /// <summary>Runs the scans and the search for missing files; does nothing if a run has begun since this one was due.</summary>
    internal Task SweepAsync(DateTimeOffset due, CancellationToken cancellation) =>
        _swept.RunAsync(due, async () => _ = await SearchAsync(await AskAsync(_kinds.Where(kind => kind.LooksAtEverything), cancellation), cancellation));

    private async Task<IReadOnlyList<ExpiredKind>> AskAsync(IEnumerable<ITimeToLive> kinds, CancellationToken cancellation)
    {
        var asked = new List<ExpiredKind>();
        foreach (var kind in kinds)
            asked.Add(await AskAsync(kind.Kind, kind.ExpireAsync, cancellation));
        return asked;
    }

    private async Task<RetentionReport> SearchAsync(IReadOnlyList<ExpiredKind> kinds, CancellationToken cancellation)
    {
        IReadOnlyList<MissingFiles> missing = [];
        var search = await AskAsync(
            "missing files",
            async stop =>
            {
                missing = await _missing.FindAsync(stop);
                return 0;
            },
            cancellation);
        return new RetentionReport(search.Error is null ? kinds : [.. kinds, search], missing);
    }

    private async Task<ExpiredKind> AskAsync(string kind, Func<CancellationToken, Task<int>> expire, CancellationToken cancellation)
    {
        try
        {
            var count = await expire(cancellation);
            if (count > 0)
                _log.LogInformation("Retention, {Kind}: {Count} deleted", kind, count);
            return new ExpiredKind(kind, count, null);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            _log.LogError(error, "Retention, {Kind}: failed; the next round tries again", kind);
            return new ExpiredKind(kind, 0, error.Message);
        }
    }
}
