using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>When and where faces were seen, without the persons' identities.</summary>
internal static class SeenFaces
{
    /// <returns>Null if the photo is gone or has failed.</returns>
    public static Task<SeenFace?> FindAsync(Session session, PhotoId photo, FaceId face) =>
        session.QuerySingleOrDefaultAsync<SeenFace>(
            """
            SELECT p.group_id, p.client_id, p.width AS photo_width, p.height AS photo_height, p.received_at, e.taken_at, e.utc_offset,
                COALESCE(f.x, b.x) AS x, COALESCE(f.y, b.y) AS y, COALESCE(f.width, b.width) AS width, COALESCE(f.height, b.height) AS height
            FROM photos p
            LEFT JOIN faces f ON f.id = @face AND f.photo_id = p.id
            LEFT JOIN bounding_boxes b ON b.face_id = @face AND b.photo_id = p.id
            LEFT JOIN exif e ON e.photo_id = p.id
            WHERE p.id = @photo AND p.state NOT IN ('failed', 'erased') AND (f.id IS NOT NULL OR b.face_id IS NOT NULL)
            """,
            new { photo, face });
}

/// <summary>A face and the photo in which it was seen.</summary>
internal sealed record SeenFace
{
    public GroupId GroupId { get; init; }

    public string? ClientId { get; init; }

    public int? PhotoWidth { get; init; }

    public int? PhotoHeight { get; init; }

    public long ReceivedAt { get; init; }

    public string? TakenAt { get; init; }

    public string? UtcOffset { get; init; }

    public double X { get; init; }

    public double Y { get; init; }

    public double Width { get; init; }

    public double Height { get; init; }

    /// <summary>Pixels of the upright photo.</summary>
    public Box Box => new((float)X, (float)Y, (float)Width, (float)Height);
}
