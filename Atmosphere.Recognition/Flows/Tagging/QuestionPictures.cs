using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>The two pictures that a question shows in the colleagues' channel. The row is there before anybody can see the picture.</summary>
internal sealed class QuestionPictures(Database database, FacePictures pictures, IColleagues colleagues, TimeProvider clock)
{
    private const string Rectangle = "rectangle";
    private const string ZoomIn = "zoom-in";

    /// <summary>The channel's ids of the pictures of the face that is shown now, brought there where it has them not yet.</summary>
    /// <returns>The view with its pictures; null where the face or its photo is gone.</returns>
    public async Task<QuestionView?> AddToAsync(QuestionView view, CancellationToken cancellation)
    {
        var there = (await database.ReadAsync(
            session => session.QueryAsync<Row>(
                "SELECT picture, file_id FROM colleague_pictures WHERE question_id = @Id AND face_id = @Face AND withdraw_asked_at IS NULL ORDER BY uploaded_at",
                new { view.Id, view.Face }),
            cancellation)).ToLookup(row => row.Picture, row => row.FileId);
        var thumbnail = there[Rectangle].FirstOrDefault() ?? await UploadAsync(view, Rectangle, FacePicture.Rectangle, cancellation);
        var zoomIn = thumbnail is null ? null : there[ZoomIn].FirstOrDefault() ?? await UploadAsync(view, ZoomIn, FacePicture.ZoomIn, cancellation);
        return thumbnail is null ? null : view with { Thumbnail = thumbnail, ZoomIn = zoomIn };
    }

    /// <summary>The picture of the face that the channel has already; null: it has none.</summary>
    public static Task<string?> ThumbnailAsync(Session session, QuestionId question, FaceId face) =>
        session.QuerySingleOrDefaultAsync<string>(
            """
            SELECT file_id FROM colleague_pictures
            WHERE question_id = @question AND face_id = @face AND picture = @Rectangle AND withdraw_asked_at IS NULL ORDER BY uploaded_at LIMIT 1
            """,
            new { question, face, Rectangle });

    private async Task<string?> UploadAsync(QuestionView view, string picture, FacePicture kind, CancellationToken cancellation)
    {
        if (await pictures.GetAsync(view.Photo, view.Face, kind, cancellation) is not { } jpeg)
            return null;

        var file = await colleagues.UploadAsync(jpeg, cancellation);
        var kept = await database.WriteAsync(
            session => session.ExecuteAsync(
                """
                INSERT INTO colleague_pictures (file_id, face_id, photo_id, question_id, picture, uploaded_at)
                SELECT @file, q.face_id, q.photo_id, q.id, @picture, @at FROM questions q JOIN bounding_boxes b ON b.face_id = q.face_id
                WHERE q.id = @Id AND q.face_id = @Face AND q.state IN ('asked', 'voting')
                """,
                new { file, picture, view.Id, view.Face, at = clock.GetUtcNow().ToUnixTimeMilliseconds() }),
            CancellationToken.None);
        if (kept > 0)
            return file;

        // Forgotten, or answered, while the picture was on its way. Should it stay now, its row has it deleted later.
        await database.WriteAsync(
            session => session.ExecuteAsync(
                "INSERT INTO colleague_pictures (file_id, face_id, photo_id, picture, uploaded_at) VALUES (@file, '', '', @picture, 0)", new { file, picture }),
            CancellationToken.None);
        await colleagues.WithdrawAsync(file, cancellation);
        await database.WriteAsync(session => session.ExecuteAsync("DELETE FROM colleague_pictures WHERE file_id = @file", new { file }), CancellationToken.None);
        return null;
    }

    private sealed record Row
    {
        public string Picture { get; init; } = "";

        public string FileId { get; init; } = "";
    }
}
