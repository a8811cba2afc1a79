using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Group photos, with all that is known of the registered people in them: some time after their last delivery, or, when nobody got them,
/// after they came in. The row of the photo waits for its unknown faces, which have a time of their own.
/// </summary>
internal sealed class GroupPhotosExpire(
    Database database, IMediaStore media, ExpiredFaces faces, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    internal const string Due =
        """
        SELECT p.id FROM photos p WHERE p.received_at <= @oldest AND p.expired_at IS NULL AND ((
            p.received_at <= @received
            AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('pending', 'sending') AND d.held_at IS NULL)
            AND (p.distributed_at IS NULL OR NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('sent', 'delivered', 'read')))
        ) OR (
            p.distributed_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('pending', 'sending') AND d.held_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.held_at IS NOT NULL AND d.created_at > @received)
            AND (SELECT MAX(d.sent_at) FROM media_distributions d WHERE d.photo_id = p.id) <= @delivered))
        """;

    private static readonly string[] _ofAPhoto = ["media_distributions", "exif", "photo_steps", "sync_points"];

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (received, delivered) = (now - options.Value.UndeliveredPhotos, now - options.Value.GroupPhotosAfterDelivery);
        var expired = await database.ReadAsync(
            session => session.QueryAsync<PhotoId>(
                Due,
                new
                {
                    received = received.ToUnixTimeMilliseconds(),
                    delivered = delivered.ToUnixTimeMilliseconds(),

                    // No photo is delivered before it comes in: whatever is younger than both is left out by the index.
                    oldest = (received > delivered ? received : delivered).ToUnixTimeMilliseconds(),
                }),
            cancellation);
        foreach (var photo in expired)
        {
            foreach (var file in await database.WriteAsync(session => ForgetAsync(session, photo, now), cancellation))
                await media.DeleteAsync(file, cancellation);
        }

        return expired.Count;
    }

    private async Task<IReadOnlyList<MediaKey>> ForgetAsync(Session session, PhotoId photo, DateTimeOffset now)
    {
        var files = await session.QueryAsync<MediaKey>(
            """
            SELECT media FROM photos WHERE id = @photo AND media IS NOT NULL
            UNION SELECT media FROM media_distributions WHERE photo_id = @photo AND media IS NOT NULL
            """,
            new { photo });
        var known = await session.QueryAsync<FaceId>(
            """
            SELECT a.id FROM (SELECT id FROM faces WHERE photo_id = @photo UNION SELECT face_id FROM bounding_boxes WHERE photo_id = @photo) a
            WHERE NOT EXISTS (SELECT 1 FROM faces f WHERE f.id = a.id AND f.verdict IN ('uncertain', 'nobody'))
            """,
            new { photo });
        IReadOnlyList<MediaKey> pictures = await faces.DeleteAsync(session, known);
        foreach (var table in _ofAPhoto)
            _ = await session.ExecuteAsync($"DELETE FROM {table} WHERE photo_id = @photo", new { photo });
        _ = await session.ExecuteAsync(
            "UPDATE photos SET media = NULL, file_name = '', uploader_id = NULL, expired_at = @at WHERE id = @photo",
            new { photo, at = now.ToUnixTimeMilliseconds() });
        await ExpiredFaces.LetGoAsync(session, photo);
        return [.. files, .. pictures];
    }
}
