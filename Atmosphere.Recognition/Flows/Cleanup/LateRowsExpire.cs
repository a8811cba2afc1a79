using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>What a step wrote about a photo that was deleted while it worked; and faces of clusters whose vector is gone.</summary>
internal sealed class LateRowsExpire(Database database, UnknownClusters clusters, TimeProvider clock) : ITimeToLive
{
    private static readonly string[] _ofAPhoto =
        ["bounding_boxes", "embeddings", "searches", "candidates", "exif", "photo_steps", "sync_points"];

    public bool LooksAtEverything => true;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        // Looked for beside the writers: nearly always there is nothing, and they must not wait for that.
        var (photos, faces) = await database.ReadAsync(async session => (await PhotosAsync(session), await FacesAsync(session)), cancellation);
        if (photos.Count + faces.Count == 0)
            return 0;

        return await database.WriteAsync(
            async session =>
            {
                var late = 0;
                foreach (var table in _ofAPhoto)
                {
                    late += await session.ExecuteAsync(
                        $"DELETE FROM {table} WHERE photo_id IN @photos AND NOT EXISTS (SELECT 1 FROM photos p WHERE p.id = {table}.photo_id)",
                        new { photos = photos.Select(photo => photo.Value) });
                }

                var left = await FacesAsync(session);
                await clusters.LeaveAsync(session, left, clock.GetUtcNow());
                return late + left.Count;
            },
            cancellation);
    }

    private static Task<IReadOnlyList<PhotoId>> PhotosAsync(Session session) =>
        session.QueryAsync<PhotoId>(string.Join(
            " UNION ", _ofAPhoto.Select(table => $"SELECT photo_id FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM photos p WHERE p.id = t.photo_id)")));

    private static Task<IReadOnlyList<FaceId>> FacesAsync(Session session) =>
        session.QueryAsync<FaceId>(
            "SELECT f.face_id FROM cluster_faces f WHERE NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.face_id = f.face_id)");
}
