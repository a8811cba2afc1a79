using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Everything that is known about a face goes in one transaction; its pictures after that.</summary>
internal sealed class ExpiredFaces(UnknownClusters clusters, TimeProvider clock)
{
    private static readonly string[] _byFace = ["candidates", "searches", "embeddings", "bounding_boxes", "question_faces"];

    /// <summary>Deletes the faces with their boxes, vectors, candidates and places in clusters.</summary>
    /// <returns>Files that nobody names any more.</returns>
    public async Task<IReadOnlyList<MediaKey>> DeleteAsync(Session session, IReadOnlyCollection<FaceId> faces)
    {
        var ids = faces.Select(face => face.Value).ToList();
        var files = await session.QueryAsync<MediaKey>(
            """
            SELECT rectangle FROM faces WHERE id IN @ids AND rectangle IS NOT NULL
            UNION SELECT zoom_in FROM faces WHERE id IN @ids AND zoom_in IS NOT NULL
            """,
            new { ids });
        await clusters.LeaveAsync(session, faces, clock.GetUtcNow());
        foreach (var table in _byFace)
            _ = await session.ExecuteAsync($"DELETE FROM {table} WHERE face_id IN @ids", new { ids });
        _ = await session.ExecuteAsync("DELETE FROM faces WHERE id IN @ids", new { ids });
        return files;
    }

    /// <summary>The photo's row goes when it has outlived its time and its last face is gone.</summary>
    public static async Task LetGoAsync(Session session, PhotoId photo)
    {
        var left = await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM photos p WHERE p.id = @photo AND p.expired_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.photo_id = p.id)
                AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.photo_id = p.id)
            """,
            new { photo });
        if (left > 0)
            await PhotoTable.DeleteAsync(session, photo);
    }
}
