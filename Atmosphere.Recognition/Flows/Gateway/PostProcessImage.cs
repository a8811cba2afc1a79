using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Sends a message for each face of a processed photo; a photo without faces is deleted.</summary>
internal sealed class PostProcessImage(Database database, IMediaStore media, RecentPhotos photos, FailedPhotos failed, TimeProvider clock)
    : IStep<PhotoProcessed>, IOnExhausted<PhotoProcessed>
{
    public async Task<Effects> HandleAsync(PhotoProcessed message, CancellationToken cancellation)
    {
        var (photo, faces) = await database.ReadAsync(
            async session => (await PhotoTable.FindAsync(session, message.Photo), await FoundFaces.IdsAsync(session, message.Photo)), cancellation);
        if (photo is not { State: PhotoState.Processed or PhotoState.Degraded })
            return Effects.None;

        return faces.Count > 0 ? SendOn(message.Photo) : Delete(message.Photo, photo.Media);
    }

    public Effects Exhausted(PhotoProcessed message, Exception reason) => failed.Failed(message.Photo, nameof(PostProcessImage), reason);

    private Effects SendOn(PhotoId photo) =>
        new Effects().Change(async (session, outbox) =>
        {
            // Faces may have been erased since: the photo would wait for them for ever.
            var faces = await FoundFaces.IdsAsync(session, photo);
            if (!await PhotoTable.ExpectAsync(session, photo, faces.Count))
                return;

            await PhotoSteps.EndedAsync(session, photo, nameof(PostProcessImage), null, clock.GetUtcNow());
            foreach (var face in faces)
                await outbox.SendAsync(session, new FaceFound(photo, face));
            if (faces.Count == 0 && await PhotoTable.OpenGateAsync(session, photo, clock.GetUtcNow()))
                await outbox.SendAsync(session, new DistributePhoto(photo));
        });

    private Effects Delete(PhotoId photo, MediaKey? file) =>
        new Effects()
            .Change(async session =>
            {
                var state = (await PhotoTable.FindAsync(session, photo))?.State;
                await InboxTable.EndAsync(session, photo, InboxTable.NoFaces);
                await PhotoTable.DeleteAsync(session, photo);
                if (state is { } ended)
                    session.AfterCommit(() => Telemetry.PhotoEnded(ended));
            })
            .Afterwards(async () =>
            {
                if (file is not { } key)
                    return;
                photos.Forget(key);
                await media.DeleteAsync(key, CancellationToken.None);
            });
}
