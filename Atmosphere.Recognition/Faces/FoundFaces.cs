using System.Runtime.InteropServices;
using System.Text.Json;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces;

/// <summary>The rows of bounding_boxes and embeddings: the faces of a photo as the engine found and described them.</summary>
internal static class FoundFaces
{
    /// <summary>Stores the faces of a photo, each under an id of its own.</summary>
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

    /// <summary>Faces of whatever photos; those that are gone are left out.</summary>
    public static async Task<IReadOnlyList<FoundFace>> FindAsync(Session session, IEnumerable<FaceId> faces) =>
        [.. (await BoxTable.FindAsync(session, faces)).Select(ToFace)];

    /// <summary>Stores how a face is described. A description that is there stays as it is.</summary>
    /// <param name="model">Hash of the network that made the vector.</param>
    /// <returns>False where the face was described already.</returns>
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

/// <param name="Id">Of the face in this photo.</param>
/// <param name="Face">Where it is.</param>
/// <param name="Model">Hash of the network that described it; null where none did yet.</param>
/// <param name="Description">Its vector; null where it is not described yet.</param>
internal sealed record FoundFace(FaceId Id, DetectedFace Face, string? Model, FaceDescription? Description)
{
    /// <summary>Its vector, for a search.</summary>
    /// <param name="model">The network that the program uses now.</param>
    /// <exception cref="HopelessException">Another network made the vector: the two must not be compared.</exception>
    public Embedding VectorOf(string model) => Model == model && Description is not null
        ? Description.Embedding
        : throw new HopelessException(
            $"The face was described by another model ({Model?[..8] ?? "none"}) than the program uses now ({model[..8]}). Let its photo begin again: photos retry.");
}
