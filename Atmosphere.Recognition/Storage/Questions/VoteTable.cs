namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of face_tags: what people say about faces.</summary>
internal static class VoteTable
{
    /// <summary>Somebody is forgotten: so is what they said.</summary>
    /// <returns>How many votes that were.</returns>
    public static Task<int> ForgetAsync(Session session, string voter) =>
        session.ExecuteAsync("DELETE FROM face_tags WHERE voter = @voter OR voter LIKE @voter || ' not %'", new { voter });

    /// <summary>Votes on faces that are gone.</summary>
    public static DueRows Due { get; } = new(
        "face_tags",
        """
        at <= @before AND photo_id IS NULL AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = face_tags.face_id)
            AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.id = face_tags.face_id)
            AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.face_id = face_tags.face_id)
        """);
}
