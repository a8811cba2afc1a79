using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table next_embeddings: faces in photos as the wanted recogniser describes them.</summary>
internal static class NextEmbeddings
{
    /// <summary>Photos with a face that is not described anew yet, newest first: they are asked about and matched again.</summary>
    /// <param name="model">Hash of the wanted recogniser.</param>
    public static Task<IReadOnlyList<PhotoId>> DueAsync(Session session, string model) =>
        session.QueryAsync<PhotoId>(
            """
            SELECT DISTINCT e.photo_id FROM embeddings e
            WHERE e.model <> @model AND NOT EXISTS (SELECT 1 FROM next_embeddings n WHERE n.face_id = e.face_id AND n.model = @model)
            ORDER BY e.photo_id DESC
            """,
            new { model });

    /// <summary>Those of the photos that are due and show one of the faces.</summary>
    public static Task<IReadOnlyList<PhotoId>> DueAsync(Session session, string model, IEnumerable<FaceId> faces) =>
        session.QueryAsync<PhotoId>(
            """
            SELECT DISTINCT e.photo_id FROM embeddings e
            WHERE e.face_id IN @faces AND e.model <> @model AND NOT EXISTS (SELECT 1 FROM next_embeddings n WHERE n.face_id = e.face_id AND n.model = @model)
            """,
            new { model, faces = faces.Select(face => face.Value) });

    /// <summary>The new vectors of those faces that have one.</summary>
    public static async Task<IReadOnlyDictionary<FaceId, Embedding>> VectorsAsync(Session session, string model, IEnumerable<FaceId> faces)
    {
        var rows = await session.QueryAsync<Row>(
            "SELECT face_id, vector FROM next_embeddings WHERE face_id IN @faces AND model = @model AND vector IS NOT NULL",
            new { model, faces = faces.Select(face => face.Value) });
        return rows.ToDictionary(row => row.FaceId, row => Embedding.FromBytes(row.Vector));
    }

    /// <summary>Stores the vector of a face that is still there; null: its photo is not kept.</summary>
    public static Task PutAsync(Session session, PhotoId photo, FaceId face, string model, Embedding? vector, float mirrorDistance) =>
        session.ExecuteAsync(
            """
            INSERT INTO next_embeddings (face_id, photo_id, model, vector, mirror_distance)
            SELECT @face, @photo, @model, @vector, @mirrorDistance WHERE EXISTS (SELECT 1 FROM embeddings WHERE face_id = @face)
            ON CONFLICT (face_id) DO UPDATE SET model = excluded.model, vector = excluded.vector, mirror_distance = excluded.mirror_distance
            """,
            new { face, photo, model, vector = vector?.ToBytes(), mirrorDistance });

    /// <summary>Nothing of the photo is due any more: faces that were not found again have no vector.</summary>
    public static Task EndAsync(Session session, PhotoId photo, string model) =>
        session.ExecuteAsync(
            """
            INSERT INTO next_embeddings (face_id, photo_id, model, vector, mirror_distance)
            SELECT e.face_id, e.photo_id, @model, NULL, 0 FROM embeddings e
            WHERE e.photo_id = @photo AND e.model <> @model AND NOT EXISTS (SELECT 1 FROM next_embeddings n WHERE n.face_id = e.face_id)
            """,
            new { photo, model });

    /// <summary>Puts the new vectors in the place of the old ones. Faces without one keep theirs, which nothing is compared with any more.</summary>
    public static async Task TakeOverAsync(Session session, string model)
    {
        _ = await session.ExecuteAsync(
            """
            UPDATE embeddings SET
                model = @model,
                vector = (SELECT n.vector FROM next_embeddings n WHERE n.face_id = embeddings.face_id),
                mirror_distance = (SELECT n.mirror_distance FROM next_embeddings n WHERE n.face_id = embeddings.face_id)
            WHERE model <> @model
                AND EXISTS (SELECT 1 FROM next_embeddings n WHERE n.face_id = embeddings.face_id AND n.model = @model AND n.vector IS NOT NULL)
            """,
            new { model });
        await ForgetAsync(session);
    }

    public static Task ForgetAsync(Session session) => session.ExecuteAsync("DELETE FROM next_embeddings");

    private sealed record Row
    {
        public FaceId FaceId { get; init; }

        public byte[] Vector { get; init; } = [];
    }
}
