using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Files that no row names: a crash left them between the file and the row, or between the row and the file.</summary>
internal sealed class OrphansExpire(
    Database database, IMediaStore media, IEnumerable<IMediaOwner> owners, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        // Files first: one that is stored after the list was made is not in it, so its row cannot be missed.
        var before = clock.GetUtcNow() - options.Value.Orphans;
        var old = new List<StoredMedia>();
        foreach (var bucket in Enum.GetValues<MediaBucket>())
            old.AddRange((await media.ListAsync(bucket, cancellation)).Where(file => file.StoredAt <= before));
        if (old.Count == 0)
            return 0;

        var named = await database.ReadAsync(NamedAsync, cancellation);
        var orphans = old.Where(file => !named.Contains(file.Key)).ToList();
        foreach (var orphan in orphans)
            await media.DeleteAsync(orphan.Key, cancellation);
        return orphans.Count;
    }

    private async Task<HashSet<MediaKey>> NamedAsync(Session session)
    {
        var named = new HashSet<MediaKey>();
        foreach (var owner in owners)
            named.UnionWith(await owner.KeysAsync(session));
        return named;
    }
}
