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
            _ = await session.ExecuteAsync(
                """
                INSERT INTO bounding_boxes (face_id, photo_id, position, x, y, width, height, score, landmarks, quality)
                VALUES (@id, @photo, @position, @X, @Y, @Width, @Height, @Score, @landmarks, @quality)
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    id = FaceId.New(),
                    photo,
                    position,
                    face.Box.X,
                    face.Box.Y,
                    face.Box.Width,
                    face.Box.Height,
                    face.Score,
                    landmarks = MemoryMarshal.AsBytes<Point>(face.Landmarks.ToArray()).ToArray(),
                    quality = JsonSerializer.Serialize(face.Quality),
                });
        }

        await CarriedTags.PlaceAsync(session, photo);
    }

    /// <summary>The ids of a photo's faces, left to right.</summary>
    public static Task<IReadOnlyList<FaceId>> IdsAsync(Session session, PhotoId photo) =>
        session.QueryAsync<FaceId>("SELECT face_id FROM bounding_boxes WHERE photo_id = @photo ORDER BY position", new { photo });

    /// <summary>The faces of a photo, left to right.</summary>
    public static async Task<IReadOnlyList<FoundFace>> OfAsync(Session session, PhotoId photo)
    {
        var rows = await session.QueryAsync<BoxRow>(
            """
            SELECT b.face_id, b.x, b.y, b.width, b.height, b.score, b.landmarks, b.quality, e.model, e.vector, e.mirror_distance
            FROM bounding_boxes b LEFT JOIN embeddings e ON e.face_id = b.face_id
            WHERE b.photo_id = @photo ORDER BY b.position
            """,
            new { photo });
        return [.. rows.Select(row => row.ToFace())];
    }

    /// <summary>Faces of whatever photos; those that are gone are left out.</summary>
    public static async Task<IReadOnlyList<FoundFace>> FindAsync(Session session, IEnumerable<FaceId> faces)
    {
        var rows = await session.QueryAsync<BoxRow>(
            """
            SELECT b.face_id, b.x, b.y, b.width, b.height, b.score, b.landmarks, b.quality, e.model, e.vector, e.mirror_distance
            FROM bounding_boxes b LEFT JOIN embeddings e ON e.face_id = b.face_id
            WHERE b.face_id IN @ids ORDER BY b.face_id
            """,
            new { ids = faces.Select(face => face.Value) });
        return [.. rows.Select(row => row.ToFace())];
    }

    /// <summary>Stores how a face is described. A description that is there stays as it is.</summary>
    /// <param name="model">Hash of the network that made the vector.</param>
    /// <returns>False where the face was described already.</returns>
    public static async Task<bool> DescribeAsync(Session session, PhotoId photo, FaceId face, string model, FaceDescription description) =>
        await session.ExecuteAsync(
            """
            INSERT INTO embeddings (face_id, photo_id, model, vector, mirror_distance)
            SELECT @face, @photo, @model, @vector, @MirrorDistance WHERE EXISTS (SELECT 1 FROM bounding_boxes WHERE face_id = @face)
            ON CONFLICT (face_id) DO NOTHING
            """,
            new { face, photo, model, vector = description.Embedding.ToBytes(), description.MirrorDistance }) > 0;

    private sealed record BoxRow
    {
        public FaceId FaceId { get; init; }

        public float X { get; init; }

        public float Y { get; init; }

        public float Width { get; init; }

        public float Height { get; init; }

        public float Score { get; init; }

        public byte[] Landmarks { get; init; } = [];

        public string Quality { get; init; } = "";

        public string? Model { get; init; }

        public byte[]? Vector { get; init; }

        public float MirrorDistance { get; init; }

        public FoundFace ToFace()
        {
            var landmarks = MemoryMarshal.Cast<byte, Point>(Landmarks).ToArray();
            var quality = JsonSerializer.Deserialize<FaceQuality>(Quality)!;
            var face = new DetectedFace(new Box(X, Y, Width, Height), Score, landmarks, quality);
            return new FoundFace(FaceId, face, Model, Vector is null ? null : new FaceDescription(face, Embedding.FromBytes(Vector), MirrorDistance));
        }
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
