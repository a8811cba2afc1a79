using System.Runtime.InteropServices;
using System.Text.Json;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces;

/// <summary>Stores the detected faces of a photo and their embeddings (bounding_boxes, embeddings).</summary>
internal static class FoundFaces
{
    /// <summary>Stores the faces of a photo, each with a new id.</summary>
    /// <param name="faces">Left to right.</param>
    public static async Task AddAsync(Session session, PhotoId photo, IReadOnlyList<DetectedFace> faces)
    {
        foreach (var (position, face) in faces.Index())
        {
            var row = new BoxRow
            {
                FaceId = FaceId.New(),
                X = face.Box.X,
                Y = face.Box.Y,
                Width = face.Box.Width,
                Height = face.Box.Height,
                Score = face.Score,
                Landmarks = MemoryMarshal.AsBytes<Point>(face.Landmarks.ToArray()).ToArray(),
                Quality = JsonSerializer.Serialize(face.Quality),
            };
            await BoxTable.AddAsync(session, photo, position, row);
        }

        await CarriedTags.PlaceAsync(session, photo);
    }

    /// <summary>The ids of a photo's faces, left to right.</summary>
    public static Task<IReadOnlyList<FaceId>> IdsAsync(Session session, PhotoId photo) =>
        BoxTable.IdsAsync(session, photo);

    /// <summary>The faces of a photo, left to right.</summary>
    public static async Task<IReadOnlyList<FoundFace>> OfAsync(Session session, PhotoId photo) =>
        [.. (await BoxTable.OfAsync(session, photo)).Select(ToFace)];

    /// <summary>Faces of any photos, without those that were deleted.</summary>
    public static async Task<IReadOnlyList<FoundFace>> FindAsync(Session session, IEnumerable<FaceId> faces) =>
        [.. (await BoxTable.FindAsync(session, faces)).Select(ToFace)];

    /// <summary>Stores the embedding of a face. An existing one is kept.</summary>
    /// <param name="model">Hash of the network that computed the vector.</param>
    /// <returns>False if the face had an embedding already.</returns>
    public static Task<bool> DescribeAsync(Session session, PhotoId photo, FaceId face, string model, FaceDescription description) =>
        EmbeddingTable.AddAsync(session, photo, face, model, description.Embedding.ToBytes(), description.MirrorDistance);

    private static FoundFace ToFace(BoxRow row)
    {
        var landmarks = MemoryMarshal.Cast<byte, Point>(row.Landmarks).ToArray();
        var quality = JsonSerializer.Deserialize<FaceQuality>(row.Quality)!;
        var face = new DetectedFace(new Box(row.X, row.Y, row.Width, row.Height), row.Score, landmarks, quality);
        return new FoundFace(row.FaceId, face, row.Model, row.Vector is null ? null : new FaceDescription(face, Embedding.FromBytes(row.Vector), row.MirrorDistance));
    }
}

/// <param name="Id">Id of the face in this photo.</param>
/// <param name="Face">The detected face.</param>
/// <param name="Model">Hash of the network that computed the embedding; null without one.</param>
/// <param name="Description">The embedding; null if not computed yet.</param>
internal sealed record FoundFace(FaceId Id, DetectedFace Face, string? Model, FaceDescription? Description)
{
    /// <summary>The vector for a search.</summary>
    /// <param name="model">The network that the program uses now.</param>
    /// <exception cref="HopelessException">Another network computed the vector, so it cannot be compared.</exception>
    public Embedding VectorOf(string model) => Model == model && Description is not null
        ? Description.Embedding
        : throw new HopelessException(
            $"The face was described by another model ({Model?[..8] ?? "none"}) than the program uses now ({model[..8]}). Let its photo begin again: photos retry.");
}
