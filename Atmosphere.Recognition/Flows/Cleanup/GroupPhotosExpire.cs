using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Group photos: some time after their last delivery, or, when nobody got them, after they came in.</summary>
internal sealed class GroupPhotosExpire(Database database, IMediaStore media, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var expired = await database.ReadAsync(
            session => session.QueryAsync<PhotoId>(
                """
                SELECT p.id FROM photos p WHERE (
                    p.received_at <= @received
                    AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('pending', 'sending', 'sent'))
                ) OR (
                    p.distributed_at IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('pending', 'sending'))
                    AND (SELECT MAX(d.sent_at) FROM media_distributions d WHERE d.photo_id = p.id) <= @delivered)
                """,
                new
                {
                    received = (now - options.Value.UndeliveredPhotos).ToUnixTimeMilliseconds(),
                    delivered = (now - options.Value.GroupPhotosAfterDelivery).ToUnixTimeMilliseconds(),
                }),
            cancellation);
        foreach (var photo in expired)
            await DeleteAsync(photo, cancellation);
        return expired.Count;
    }

    private async Task DeleteAsync(PhotoId photo, CancellationToken cancellation)
    {
        var files = await database.WriteAsync(
            async session =>
            {
                var keys = await session.QueryAsync<MediaKey>(
                    """
                    SELECT media FROM photos WHERE id = @photo AND media IS NOT NULL
                    UNION SELECT media FROM media_distributions WHERE photo_id = @photo AND media IS NOT NULL
                    """,
                    new { photo });
                await PhotoTable.DeleteAsync(session, photo);
                return keys;
            },
            cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
    }
}
