using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Faces of people who never registered, with all that is known of them: crop, surroundings, box, vector, candidates, place in a cluster;
/// some time after their photo was looked at, whether that is still there or not. A cluster that ended goes as long after its end.
/// </summary>
internal sealed class UnknownFacesExpire(
    Database database, IMediaStore media, ExpiredFaces faces, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    // Not while the photo is on its way: a face that nobody decided yet goes with the photo at the latest.
    private const string IsOver =
        """
        p.received_at <= @before AND COALESCE(p.decided_at, p.received_at) <= @before
        AND (p.gate_opened_at IS NOT NULL OR p.distributed_at IS NOT NULL OR p.expired_at IS NOT NULL OR p.state = 'failed')
        """;

    internal const string Due =
        $"""
        SELECT b.face_id, b.photo_id FROM photos p JOIN bounding_boxes b ON b.photo_id = p.id
        WHERE {IsOver} AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.id = b.face_id AND f.verdict IN ('named', 'undecided'))
        UNION SELECT f.id, f.photo_id FROM photos p JOIN faces f ON f.photo_id = p.id
        WHERE {IsOver} AND f.verdict NOT IN ('named', 'undecided')
        """;

    private const string Ended =
        """
        FROM clusters WHERE state <> 'open' AND changed_at <= @before
            AND NOT EXISTS (SELECT 1 FROM cluster_faces f WHERE f.cluster_id = clusters.id)
        """;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow() - options.Value.UnknownFaces;
        var expired = await database.ReadAsync(
            session => session.QueryAsync<FaceOfPhoto>(
                Due,
                new { before = old.ToUnixTimeMilliseconds() }),
            cancellation);
        foreach (var photo in expired.GroupBy(face => face.PhotoId, face => face.FaceId))
            await DeleteAsync(photo.Key, [.. photo], cancellation);

        _ = await DueRows.DeleteAsync(database, Ended, old, cancellation);
        return expired.Count;
    }

    private async Task DeleteAsync(PhotoId photo, IReadOnlyCollection<FaceId> unknown, CancellationToken cancellation)
    {
        var files = await database.WriteAsync(
            async session =>
            {
                var files = await faces.DeleteAsync(session, unknown);
                await ExpiredFaces.LetGoAsync(session, photo);
                return files;
            },
            cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
    }

    private sealed record FaceOfPhoto
    {
        public FaceId FaceId { get; init; }

        public PhotoId PhotoId { get; init; }
    }
}
