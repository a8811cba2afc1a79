using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Pipeline;

/// <summary>Detects the faces of a photo, and turns it if they say that it is not upright.</summary>
internal sealed class DetectFaces(Database database, RecentPhotos photos, IFaceEngine engine, FailedPhotos failed, TimeProvider clock)
    : IStep<DetectPhotoFaces>, IOnExhausted<DetectPhotoFaces>
{
    public async Task<Effects> HandleAsync(DetectPhotoFaces message, CancellationToken cancellation)
    {
        var photo = await database.ReadAsync(session => PhotoTable.FindAsync(session, message.Photo), cancellation);
        if (photo is not { State: Domain.PhotoState.Processing, Width: null, Media: { } file })
            return Effects.None;

        Pixels pixels;
        try
        {
            pixels = await photos.GetAsync(file, photo.FileName, default, cancellation);
        }
        catch (Exception error) when (error is PhotoRefusedException or MediaNotFoundException)
        {
            // The same file is refused again: no retry helps.
            return failed.Refused(message.Photo, nameof(DetectFaces), error);
        }

        var found = await engine.DetectAsync(pixels, DetectionPlan.Thorough, cancellation);
        var turn = FaceAngles.ToUpright(found);
        var faces = found.Select(face => face.Turned(turn, pixels.Width, pixels.Height)).OrderBy(face => face.Box.X).ToArray();
        var (width, height) = turn.Size(pixels.Width, pixels.Height);
        var hash = PerceptualHash.Of(pixels.Turned(turn));
        return new Effects().Change(async (session, outbox) =>
        {
            if (!await PhotoTable.MeasureAsync(session, message.Photo, turn, width, height, hash))
                return;

            await FoundFaces.AddAsync(session, message.Photo, faces);
            await PhotoSteps.EndedAsync(session, message.Photo, nameof(DetectFaces), null, clock.GetUtcNow());
            if (faces.Length > 0)
                await outbox.SendAsync(session, new EmbedPhotoFaces(message.Photo));
            else
                await SyncPoint.ArriveAsync(session, outbox, message.Photo, Branch.Faces, clock.GetUtcNow());
        });
    }

    public Effects Exhausted(DetectPhotoFaces message, Exception reason) => failed.Failed(message.Photo, nameof(DetectFaces), reason);
}
