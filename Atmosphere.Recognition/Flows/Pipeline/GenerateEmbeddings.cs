using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Pipeline;

/// <summary>Computes the embeddings of the detected faces.</summary>
internal sealed class GenerateEmbeddings(Database database, RecentPhotos photos, IFaceEngine engine, FailedPhotos failed, TimeProvider clock)
    : IStep<EmbedPhotoFaces>, IOnExhausted<EmbedPhotoFaces>
{
    public async Task<Effects> HandleAsync(EmbedPhotoFaces message, CancellationToken cancellation)
    {
        var (photo, found) = await database.ReadAsync(
            async session => (await PhotoTable.FindAsync(session, message.Photo), await FoundFaces.OfAsync(session, message.Photo)), cancellation);
        var faces = found.Where(face => face.Description is null).ToArray();
        if (photo is not { State: PhotoState.Processing, Media: { } file } || faces.Length == 0)
            return Effects.None;

        Pixels pixels;
        try
        {
            pixels = await photos.GetAsync(file, photo.FileName, photo.ToUpright, cancellation);
        }
        catch (Exception error) when (error is PhotoRefusedException or MediaNotFoundException)
        {
            return failed.Refused(message.Photo, nameof(GenerateEmbeddings), error);
        }

        var described = await engine.EmbedAsync(pixels, [.. faces.Select(face => face.Face)], cancellation);
        return new Effects().Change(async (session, outbox) =>
        {
            // Retention or a failure may have ended the photo: none of its data may come back.
            if ((await PhotoTable.FindAsync(session, message.Photo))?.State != PhotoState.Processing)
                return;

            var fresh = false;
            foreach (var (face, description) in faces.Zip(described))
                fresh |= await FoundFaces.DescribeAsync(session, message.Photo, face.Id, engine.Model, description);
            if (!fresh)
                return;

            await PhotoSteps.EndedAsync(session, message.Photo, nameof(GenerateEmbeddings), null, clock.GetUtcNow());
            await outbox.SendAsync(session, new MatchPhotoFaces(message.Photo, photo.GroupId));
        });
    }

    public Effects Exhausted(EmbedPhotoFaces message, Exception reason) => failed.Failed(message.Photo, nameof(GenerateEmbeddings), reason);
}
