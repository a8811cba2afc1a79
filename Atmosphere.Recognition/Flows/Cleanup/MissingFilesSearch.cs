using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Finds rows whose file is missing, because it was deleted or an older backup was restored. The rows stay, because they show what is
/// affected; operators are notified.
/// </summary>
internal sealed class MissingFilesSearch(Database database, IMediaStore media, MediaOwners owners, TimeProvider clock, ILogger<MissingFilesSearch> log)
{
    private int _known;

    public async Task<IReadOnlyList<MissingFiles>> FindAsync(CancellationToken cancellation)
    {
        // Rows first: a file is stored before its row. And again after the files: a row drops its file before the file is deleted.
        var rows = await database.ReadAsync(owners.RowsAsync, cancellation);
        if (rows.Count == 0)
            return [];

        var there = new HashSet<MediaKey>();
        foreach (var bucket in Enum.GetValues<MediaBucket>())
            there.UnionWith((await media.ListAsync(bucket, cancellation)).Select(file => file.Key));
        var missing = rows.Where(row => !there.Contains(row.Media)).ToHashSet();
        if (missing.Count > 0)
            missing.IntersectWith(await database.ReadAsync(owners.RowsAsync, cancellation));

        await TellAsync(missing, cancellation);
        return [.. missing.GroupBy(row => row.Place).Select(place => new MissingFiles(place.Key, place.Count())).OrderBy(place => place.Column, StringComparer.Ordinal)];
    }

    private async Task TellAsync(HashSet<NamedFile> missing, CancellationToken cancellation)
    {
        if (missing.Count != _known && missing.Count > 0)
            log.LogWarning("{Count} rows name files that are not there: {Places}", missing.Count, string.Join(", ", missing.Select(row => row.Place).Distinct()));
        _known = missing.Count;

        var photos = missing.Where(row => row.Photo is not null).Select(row => row.Photo!.Value).ToHashSet();
        if (photos.Count == 0)
            return;
        await database.WriteAsync(
            async session =>
            {
                foreach (var photo in photos)
                {
                    await Notifications.AddAsync(
                        session, NotificationKind.FileMissing, photo,
                        "A file of the photo is not there. Bring it back from a backup, or ask for the photo again.", clock.GetUtcNow());
                }
            },
            cancellation);
    }
}
