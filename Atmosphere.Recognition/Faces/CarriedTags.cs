using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces;

/// <summary>What people said of the faces of a photo survives that the photo begins again, and its faces get other ids.</summary>
internal static class CarriedTags
{
    /// <summary>The same engine finds the face at the same place; another one nearly there.</summary>
    private const float SameFace = 0.5f;

    /// <summary>Before the faces are forgotten: writes down where they were.</summary>
    public static async Task KeepAsync(Session session, PhotoId photo)
    {
        foreach (var face in await session.QueryAsync<PlaceRow>("SELECT face_id, x, y, width, height FROM bounding_boxes WHERE photo_id = @photo", new { photo }))
        {
            _ = await session.ExecuteAsync(
                "UPDATE face_tags SET photo_id = @photo, x = @X, y = @Y, width = @Width, height = @Height WHERE face_id = @FaceId",
                new { photo, face.X, face.Y, face.Width, face.Height, face.FaceId });
        }
    }

    /// <summary>When the faces are found again: what was said of one is said of whoever is at its place now.</summary>
    public static async Task PlaceAsync(Session session, PhotoId photo)
    {
        var carried = await session.QueryAsync<PlaceRow>(
            "SELECT DISTINCT face_id, x, y, width, height FROM face_tags WHERE photo_id = @photo ORDER BY face_id", new { photo });
        if (carried.Count == 0)
            return;

        var found = await session.QueryAsync<PlaceRow>("SELECT face_id, x, y, width, height FROM bounding_boxes WHERE photo_id = @photo", new { photo });
        foreach (var old in carried)
        {
            if (found.MaxBy(face => face.Box.Iou(old.Box)) is not { } face || face.Box.Iou(old.Box) < SameFace)
                continue;
            _ = await session.ExecuteAsync(
                """
                UPDATE face_tags SET face_id = @now, photo_id = NULL, x = NULL, y = NULL, width = NULL, height = NULL
                WHERE face_id = @before AND photo_id = @photo AND NOT EXISTS (
                    SELECT 1 FROM face_tags o WHERE o.face_id = @now AND o.face_id <> @before AND o.voter = face_tags.voter)
                """,
                new { now = face.FaceId, before = old.FaceId, photo });
            // Colleagues go on with the same question about the same face.
            _ = await session.ExecuteAsync(
                "UPDATE questions SET face_id = @now, changed_at = changed_at + 1 WHERE face_id = @before", new { now = face.FaceId, before = old.FaceId });
        }
    }

    private sealed record PlaceRow
    {
        public FaceId FaceId { get; init; }

        public float X { get; init; }

        public float Y { get; init; }

        public float Width { get; init; }

        public float Height { get; init; }

        public Box Box => new(X, Y, Width, Height);
    }
}
