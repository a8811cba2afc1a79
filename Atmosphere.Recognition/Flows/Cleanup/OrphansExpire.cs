using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Deletes files that no row names: a crash left them between storing the file and its row, during deletion, or during a move. Forgets
/// the subjects of files that do not exist.
/// </summary>
internal sealed class OrphansExpire(
    Database database, IMediaStore media, MediaOwners owners, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public bool LooksAtEverything => true;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        // Files first: a file stored after the listing is not in it, so its row cannot be missed.
        var before = clock.GetUtcNow() - options.Value.Orphans;
        var files = new List<StoredMedia>();
        var recorded = await database.ReadAsync(session => MediaSubjectTable.BeforeAsync(session, before), cancellation);
        foreach (var bucket in Enum.GetValues<MediaBucket>())
            files.AddRange(await media.ListAsync(bucket, cancellation));
        foreach (var gone in recorded.Except(files.Select(file => file.Key)))
            await media.DeleteAsync(gone, cancellation);
        var old = files.Where(file => file.StoredAt <= before).ToList();
        if (old.Count == 0)
            return 0;

        var named = (await database.ReadAsync(owners.RowsAsync, cancellation)).Select(row => row.Media).ToHashSet();
        var moving = named.Where(key => IsIn(key, MediaBucket.Unprocessed)).Select(FileName).ToHashSet(StringComparer.Ordinal);
        var orphans = old.Where(file => !named.Contains(file.Key) && !IsArriving(file.Key, moving)).ToList();
        foreach (var orphan in orphans)
            await media.DeleteAsync(orphan.Key, cancellation);
        return orphans.Count;
    }

    /// <summary>Whether a row still names the original of this copy: the move may continue with this copy at any time.</summary>
    private static bool IsArriving(MediaKey file, HashSet<string> moving) => IsIn(file, MediaBucket.Processed) && moving.Contains(FileName(file));

    private static bool IsIn(MediaKey file, MediaBucket bucket) => file.Value.StartsWith($"{bucket}/", StringComparison.OrdinalIgnoreCase);

    private static string FileName(MediaKey file) => Path.GetFileName(file.Value);
}
