using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table bounding_boxes: the detected faces of photos.</summary>
internal static class BoxTable
{
    private const string Columns = "b.face_id, b.x, b.y, b.width, b.height, b.score, b.landmarks, b.quality, e.model, e.vector, e.mirror_distance";

    /// <param name="position">From the left, starting at 0; an existing row stays.</param>
    public static Task AddAsync(Session session, PhotoId photo, int position, BoxRow box) =>
        session.ExecuteAsync(
            """
            INSERT INTO bounding_boxes (face_id, photo_id, position, x, y, width, height, score, landmarks, quality)
            VALUES (@FaceId, @photo, @position, @X, @Y, @Width, @Height, @Score, @Landmarks, @Quality)
            ON CONFLICT DO NOTHING
            """,
            new { box.FaceId, photo, position, box.X, box.Y, box.Width, box.Height, box.Score, box.Landmarks, box.Quality });

    /// <summary>The ids of a photo's faces, left to right.</summary>
    public static Task<IReadOnlyList<FaceId>> IdsAsync(Session session, PhotoId photo) =>
        session.QueryAsync<FaceId>("SELECT face_id FROM bounding_boxes WHERE photo_id = @photo ORDER BY position", new { photo });

    /// <summary>The faces of a photo, left to right.</summary>
    public static Task<IReadOnlyList<BoxRow>> OfAsync(Session session, PhotoId photo) =>
        session.QueryAsync<BoxRow>(
            $"SELECT {Columns} FROM bounding_boxes b LEFT JOIN embeddings e ON e.face_id = b.face_id WHERE b.photo_id = @photo ORDER BY b.position",
            new { photo });

    /// <summary>Faces of any photos, without those that were deleted.</summary>
    public static Task<IReadOnlyList<BoxRow>> FindAsync(Session session, IEnumerable<FaceId> faces) =>
        session.QueryAsync<BoxRow>(
            $"SELECT {Columns} FROM bounding_boxes b LEFT JOIN embeddings e ON e.face_id = b.face_id WHERE b.face_id IN @ids ORDER BY b.face_id",
            new { ids = faces.Select(face => face.Value) });

    /// <summary>The positions of a photo's faces.</summary>
    public static Task<IReadOnlyList<PlaceRow>> PlacesAsync(Session session, PhotoId photo) =>
        session.QueryAsync<PlaceRow>("SELECT face_id, x, y, width, height FROM bounding_boxes WHERE photo_id = @photo", new { photo });
}

/// <summary>A detected face, with its embedding if there is one. Boxes are pixels of the upright photo.</summary>
internal sealed record BoxRow
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
}

/// <summary>The position of a face, pixels of the upright photo.</summary>
internal sealed record PlaceRow
{
    public FaceId FaceId { get; init; }

    public float X { get; init; }

    public float Y { get; init; }

    public float Width { get; init; }

    public float Height { get; init; }

    public Box Box => new(X, Y, Width, Height);
}
