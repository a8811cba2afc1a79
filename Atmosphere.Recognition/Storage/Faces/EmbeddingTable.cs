using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of embeddings: how faces in photos are described.</summary>
internal static class EmbeddingTable
{
    /// <summary>All faces of a group's photos that the model described.</summary>
    /// <param name="model">Hash of the network that made the vectors.</param>
    public static Task<IReadOnlyList<DescribedFace>> OfGroupAsync(Session session, GroupId group, string model) =>
        session.QueryAsync<DescribedFace>(
            "SELECT e.face_id, e.photo_id, e.vector FROM photos p JOIN embeddings e ON e.photo_id = p.id WHERE p.group_id = @group AND e.model = @model",
            new { group, model });
}

/// <summary>A face in a photo and its vector.</summary>
internal sealed record DescribedFace
{
    public FaceId FaceId { get; init; }

    public PhotoId PhotoId { get; init; }

    /// <summary>Little-endian float32.</summary>
    public byte[] Vector { get; init; } = [];
}
