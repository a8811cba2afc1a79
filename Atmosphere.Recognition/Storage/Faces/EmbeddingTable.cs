using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table embeddings: the vectors of faces in photos.</summary>
internal static class EmbeddingTable
{
    /// <summary>All faces of a group's photos with a vector of this model.</summary>
    /// <param name="model">Hash of the network that computed the vectors.</param>
    public static Task<IReadOnlyList<DescribedFace>> OfGroupAsync(Session session, GroupId group, string model) =>
        session.QueryAsync<DescribedFace>(
            "SELECT e.face_id, e.photo_id, e.vector FROM photos p JOIN embeddings e ON e.photo_id = p.id WHERE p.group_id = @group AND e.model = @model",
            new { group, model });

    /// <summary>The vectors of a face and of the other faces in its cluster.</summary>
    public static Task<IReadOnlyList<byte[]>> OfClusterOfAsync(Session session, FaceId face, string model, int most) =>
        session.QueryAsync<byte[]>(
            """
            SELECT vector FROM embeddings WHERE model = @model AND face_id IN (
                SELECT @face UNION SELECT f.face_id FROM cluster_faces c JOIN cluster_faces f ON f.cluster_id = c.cluster_id WHERE c.face_id = @face)
            LIMIT @most
            """,
            new { model, face, most });

    /// <summary>Stores a vector, unless the face has one or was deleted meanwhile.</summary>
    /// <param name="vector">Little-endian float32.</param>
    /// <returns>False if nothing was stored.</returns>
    public static async Task<bool> AddAsync(Session session, PhotoId photo, FaceId face, string model, byte[] vector, float mirrorDistance) =>
        await session.ExecuteAsync(
            """
            INSERT INTO embeddings (face_id, photo_id, model, vector, mirror_distance)
            SELECT @face, @photo, @model, @vector, @mirrorDistance WHERE EXISTS (SELECT 1 FROM bounding_boxes WHERE face_id = @face)
            ON CONFLICT (face_id) DO NOTHING
            """,
            new { face, photo, model, vector, mirrorDistance }) > 0;
}

/// <summary>A face in a photo and its vector.</summary>
internal sealed record DescribedFace
{
    public FaceId FaceId { get; init; }

    public PhotoId PhotoId { get; init; }

    /// <summary>Little-endian float32.</summary>
    public byte[] Vector { get; init; } = [];
}
