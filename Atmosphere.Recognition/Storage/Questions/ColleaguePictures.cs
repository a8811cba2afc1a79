using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table colleague_pictures: the pictures uploaded to the colleagues' channel.</summary>
internal static class ColleaguePictures
{
    // Code that deletes or names a face need not know about posts: a face without a box, or with a name, makes its pictures due.
    // The post of an ended question is changed first, so that it does not show a deleted picture.
    private const string Due =
        $"""
        FROM colleague_pictures s WHERE NOT EXISTS (
            SELECT 1 FROM questions q WHERE q.id = s.question_id AND q.post_state = 'sending' AND q.posting_at > @begun) AND (
            (NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.face_id = s.face_id)
                AND NOT EXISTS (SELECT 1 FROM held_faces h WHERE h.id = s.face_id AND h.state = 'waiting'))
            OR EXISTS (SELECT 1 FROM faces f WHERE f.id = s.face_id AND f.{Rules.FaceIsNamed})
            OR EXISTS (SELECT 1 FROM photos p WHERE p.id = s.photo_id AND p.state = 'erased')
            OR s.uploaded_at <= @old
            OR (s.question_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM questions q WHERE q.id = s.question_id AND q.face_id = s.face_id
                    AND (q.state IN ('asked', 'voting', 'undone') OR (COALESCE(q.shown_at, 0) < q.changed_at AND q.changed_at > @begun)))))
        """;

    /// <summary>The pictures to delete from the channel; those whose deletion was attempted longest ago come first.</summary>
    /// <param name="begun">Calls that post and began after this time may still be open.</param>
    /// <param name="old">Pictures uploaded before this time have expired.</param>
    /// <param name="most">Maximum number.</param>
    public static Task<IReadOnlyList<ColleaguePicture>> DueAsync(Session session, DateTimeOffset begun, DateTimeOffset old, int most) =>
        session.QueryAsync<ColleaguePicture>(
            $"SELECT s.face_id, s.file_id {Due} ORDER BY COALESCE(s.withdraw_asked_at, 0), s.uploaded_at LIMIT @most",
            new { begun = begun.ToUnixTimeMilliseconds(), old = old.ToUnixTimeMilliseconds(), most });

    /// <summary>The number of pictures to delete from the channel.</summary>
    public static Task<int> CountDueAsync(Session session, DateTimeOffset begun, DateTimeOffset old) =>
        session.QuerySingleOrDefaultAsync<int>(
            $"SELECT COUNT(*) {Due}", new { begun = begun.ToUnixTimeMilliseconds(), old = old.ToUnixTimeMilliseconds() });

    /// <summary>Removes a picture that the channel has deleted.</summary>
    public static Task DeleteAsync(Session session, string file) =>
        session.ExecuteAsync("DELETE FROM colleague_pictures WHERE file_id = @file", new { file });

    /// <summary>Records a failed attempt to delete the picture from the channel.</summary>
    public static Task AskedAsync(Session session, string file, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE colleague_pictures SET withdraw_asked_at = @at WHERE file_id = @file", new { file, at = now.ToUnixTimeMilliseconds() });

    /// <summary>The channel's ids of the pictures of a photo's faces.</summary>
    public static Task<IReadOnlyList<string>> OfPhotoAsync(Session session, PhotoId photo) =>
        session.QueryAsync<string>("SELECT file_id FROM colleague_pictures WHERE photo_id = @photo", new { photo });

    /// <summary>The channel's ids of the pictures of faces.</summary>
    public static Task<IReadOnlyList<string>> OfFacesAsync(Session session, IEnumerable<FaceId> faces) =>
        session.QueryAsync<string>("SELECT file_id FROM colleague_pictures WHERE face_id IN @ids", new { ids = faces.Select(face => face.Value) });

    /// <summary>The uploaded pictures of the face shown by a question, oldest first.</summary>
    public static Task<IReadOnlyList<ColleaguePicture>> OfQuestionAsync(Session session, QuestionId question, FaceId face) =>
        session.QueryAsync<ColleaguePicture>(
            """
            SELECT face_id, picture, file_id FROM colleague_pictures
            WHERE question_id = @question AND face_id = @face AND withdraw_asked_at IS NULL ORDER BY uploaded_at
            """,
            new { question, face });

    /// <summary>Records an uploaded picture of the face shown by a question.</summary>
    /// <returns>False if the face was deleted or the question answered meanwhile.</returns>
    public static async Task<bool> AddAsync(Session session, string file, string picture, QuestionId question, FaceId face, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO colleague_pictures (file_id, face_id, photo_id, question_id, picture, uploaded_at)
            SELECT @file, q.face_id, q.photo_id, q.id, @picture, @at FROM questions q JOIN bounding_boxes b ON b.face_id = q.face_id
            WHERE q.id = @question AND q.face_id = @face AND q.state IN ('asked', 'voting')
            """,
            new { file, picture, question, face, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The uploaded pictures of a held face.</summary>
    public static Task<IReadOnlyList<string>> OfHeldAsync(Session session, FaceId held) =>
        session.QueryAsync<string>("SELECT file_id FROM colleague_pictures WHERE face_id = @held AND picture = 'held' ORDER BY uploaded_at", new { held });

    /// <summary>The uploaded pictures that show a person in a held face, or beside it.</summary>
    public static Task<IReadOnlyList<string>> OfHeldAsync(Session session, PersonId person) =>
        session.QueryAsync<string>(
            "SELECT s.file_id FROM colleague_pictures s JOIN held_faces h ON h.id = s.face_id WHERE s.picture = 'held' AND (h.person_id = @person OR h.like_id = @person)",
            new { person });

    /// <summary>Records an uploaded picture of a held face.</summary>
    /// <returns>False if nobody has to decide about it any more.</returns>
    public static async Task<bool> AddHeldAsync(Session session, string file, FaceId held, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO colleague_pictures (file_id, face_id, photo_id, picture, uploaded_at)
            SELECT @file, h.id, '', 'held', @at FROM held_faces h WHERE h.id = @held AND h.state = 'waiting'
            """,
            new { file, held, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Records an uploaded picture that belongs to no question: it is due for deletion at once.</summary>
    public static Task AddUnwantedAsync(Session session, string file, string picture) =>
        session.ExecuteAsync(
            "INSERT INTO colleague_pictures (file_id, face_id, photo_id, picture, uploaded_at) VALUES (@file, '', '', @picture, 0)", new { file, picture });
}

/// <summary>A picture uploaded to the colleagues' channel.</summary>
internal sealed record ColleaguePicture
{
    public FaceId FaceId { get; init; }

    /// <summary>rectangle, zoom-in.</summary>
    public string Picture { get; init; } = "";

    /// <summary>The channel's id.</summary>
    public string FileId { get; init; } = "";
}
