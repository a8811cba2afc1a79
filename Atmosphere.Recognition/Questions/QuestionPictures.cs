using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>
/// Uploads the two pictures of a question to the colleagues' channel, if they may see the face now. The row is written before anybody can
/// see a picture.
/// </summary>
internal sealed class QuestionPictures(Database database, FacePictures pictures, IColleagues colleagues, TimeProvider clock)
{
    private const string Rectangle = "rectangle";
    private const string ZoomIn = "zoom-in";

    /// <summary>Adds the pictures of the current face to the view, and uploads those that the channel does not have yet.</summary>
    /// <returns>The view with its pictures; null if the face or its photo is gone.</returns>
    public async Task<QuestionView?> AddToAsync(QuestionView view, CancellationToken cancellation)
    {
        var there = (await database.ReadAsync(
            session => ColleaguePictures.OfQuestionAsync(session, view.Id, view.Face),
            cancellation)).ToLookup(picture => picture.Picture, picture => picture.FileId);
        var thumbnail = there[Rectangle].FirstOrDefault() ?? await UploadAsync(view, Rectangle, FacePicture.Rectangle, cancellation);
        var zoomIn = thumbnail is null ? null : there[ZoomIn].FirstOrDefault() ?? await UploadAsync(view, ZoomIn, FacePicture.ZoomIn, cancellation);
        return thumbnail is null ? null : view with { Thumbnail = thumbnail, ZoomIn = zoomIn };
    }

    /// <summary>The uploaded picture of the face; null: none.</summary>
    public static async Task<string?> ThumbnailAsync(Session session, QuestionId question, FaceId face) =>
        (await ColleaguePictures.OfQuestionAsync(session, question, face)).FirstOrDefault(picture => picture.Picture == Rectangle)?.FileId;

    private async Task<string?> UploadAsync(QuestionView view, string picture, FacePicture kind, CancellationToken cancellation)
    {
        if (!await database.ReadAsync(session => PictureRights.MayBeShownToColleaguesAsync(session, view.Face), cancellation))
            return null;
        if (await pictures.GetAsync(view.Photo, view.Face, kind, cancellation) is not { } jpeg)
            return null;

        var file = await colleagues.UploadAsync(jpeg, cancellation);
        var kept = await database.WriteAsync(
            session => ColleaguePictures.AddAsync(session, file, picture, view.Id, view.Face, clock.GetUtcNow()),
            CancellationToken.None);
        if (kept)
            return file;

        // The face was deleted or the question answered during the upload. If this deletion fails, the row causes another one later.
        await database.WriteAsync(session => ColleaguePictures.AddUnwantedAsync(session, file, picture), CancellationToken.None);
        await colleagues.WithdrawAsync(file, cancellation);
        await database.WriteAsync(session => ColleaguePictures.DeleteAsync(session, file), CancellationToken.None);
        return null;
    }
}
