using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Files that no row names: a crash left them between the file and the row, between the row and the file, or in the middle of a move.</summary>
internal sealed class OrphansExpire(
    Database database, IMediaStore media, MediaOwners owners, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public bool LooksAtEverything => true;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        // Files first: one that is stored after the list was made is not in it, so its row cannot be missed.
        var before = clock.GetUtcNow() - options.Value.Orphans;
        var old = new List<StoredMedia>();
        foreach (var bucket in Enum.GetValues<MediaBucket>())
            old.AddRange((await media.ListAsync(bucket, cancellation)).Where(file => file.StoredAt <= before));
        if (old.Count == 0)
            return 0;

        var named = (await database.ReadAsync(owners.RowsAsync, cancellation)).Select(row => row.Media).ToHashSet();
        var moving = named.Where(key => IsIn(key, MediaBucket.Unprocessed)).Select(FileName).ToHashSet(StringComparer.Ordinal);
        var orphans = old.Where(file => !named.Contains(file.Key) && !IsArriving(file.Key, moving)).ToList();
        foreach (var orphan in orphans)
            await media.DeleteAsync(orphan.Key, cancellation);
        return orphans.Count;
    }

    /// <summary>A copy whose row still names the original: the move goes on with this very copy, at any moment.</summary>
    private static bool IsArriving(MediaKey file, HashSet<string> moving) => IsIn(file, MediaBucket.Processed) && moving.Contains(FileName(file));

    private static bool IsIn(MediaKey file, MediaBucket bucket) => file.Value.StartsWith($"{bucket}/", StringComparison.OrdinalIgnoreCase);

    private static string FileName(MediaKey file) => Path.GetFileName(file.Value);
}
