using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

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
            session => ColleaguePictures.OfQuestionAsync(session, view.Id, view.Face),
            cancellation)).ToLookup(picture => picture.Picture, picture => picture.FileId);
        var thumbnail = there[Rectangle].FirstOrDefault() ?? await UploadAsync(view, Rectangle, FacePicture.Rectangle, cancellation);
        var zoomIn = thumbnail is null ? null : there[ZoomIn].FirstOrDefault() ?? await UploadAsync(view, ZoomIn, FacePicture.ZoomIn, cancellation);
        return thumbnail is null ? null : view with { Thumbnail = thumbnail, ZoomIn = zoomIn };
    }

    /// <summary>The picture of the face that the channel has already; null: it has none.</summary>
    public static async Task<string?> ThumbnailAsync(Session session, QuestionId question, FaceId face) =>
        (await ColleaguePictures.OfQuestionAsync(session, question, face)).FirstOrDefault(picture => picture.Picture == Rectangle)?.FileId;

    private async Task<string?> UploadAsync(QuestionView view, string picture, FacePicture kind, CancellationToken cancellation)
    {
        if (await pictures.GetAsync(view.Photo, view.Face, kind, cancellation) is not { } jpeg)
            return null;

        var file = await colleagues.UploadAsync(jpeg, cancellation);
        var kept = await database.WriteAsync(
            session => ColleaguePictures.AddAsync(session, file, picture, view.Id, view.Face, clock.GetUtcNow()),
            CancellationToken.None);
        if (kept)
            return file;

        // Forgotten, or answered, while the picture was on its way. Should it stay now, its row has it deleted later.
        await database.WriteAsync(session => ColleaguePictures.AddUnwantedAsync(session, file, picture), CancellationToken.None);
        await colleagues.WithdrawAsync(file, cancellation);
        await database.WriteAsync(session => ColleaguePictures.DeleteAsync(session, file), CancellationToken.None);
        return null;
    }
}
