using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Finds the faces of a photo and says who they are.</summary>
internal sealed class ProcessImage(
    Database database, IMediaStore media, PhotoDecoder decoder, PhotoRecogniser recogniser, IFaceCollections collections, TimeProvider clock)
    : IStep<RecognisePhoto>, IOnExhausted<RecognisePhoto>
{
    public async Task<Effects> HandleAsync(RecognisePhoto message, CancellationToken cancellation)
    {
        // On the disk before the work, so that whoever asks meanwhile hears that the photo's turn has come.
        var photo = await database.WriteAsync(session => PhotoTable.BeginAsync(session, message.Photo), cancellation);
        if (photo is not { State: PhotoState.Processing, Media: { } key })
            return Effects.None;

        Pixels pixels;
        try
        {
            pixels = decoder.Decode(await media.GetAsync(key, cancellation), photo.FileName);
        }
        catch (Exception error) when (error is PhotoRefusedException or MediaNotFoundException)
        {
            // The same file is refused again: no attempt would help.
            return Fail(message, error);
        }

        var faces = await RecogniseAsync(pixels, CollectionId.Of(photo.GroupId), cancellation);
        return Decide(message, key, pixels, faces);
    }

    public Effects Exhausted(RecognisePhoto message, Exception reason) => Fail(message, reason);

    private async Task<IReadOnlyList<RecognisedFace>> RecogniseAsync(Pixels pixels, CollectionId collection, CancellationToken cancellation)
    {
        try
        {
            return await recogniser.RecogniseAsync(pixels, collection, DetectionPlan.Thorough, cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // Nobody of the group is registered yet.
            await collections.CreateCollectionAsync(collection, cancellation);
            return await recogniser.RecogniseAsync(pixels, collection, DetectionPlan.Thorough, cancellation);
        }
    }

    private Effects Decide(RecognisePhoto message, MediaKey file, Pixels pixels, IReadOnlyList<RecognisedFace> faces)
    {
        var effects = new Effects().Change(async (session, outbox) =>
        {
            var decided = await PhotoTable.DecideAsync(
                session, message.Photo, pixels.Width, pixels.Height, [.. faces.Select(Store)], clock.GetUtcNow());
            if (decided && faces.Count > 0)
                await outbox.SendAsync(session, new DistributePhoto(message.Photo));
        });
        return faces.Count > 0 ? effects : effects.Afterwards(() => media.DeleteAsync(file, CancellationToken.None));
    }

    private static StoredFace Store(RecognisedFace face) =>
        new(FaceId.New(), face.Box, face.Score, face.Person, face.Similarity, face.Verdict.ToString().ToLowerInvariant());

    private Effects Fail(RecognisePhoto message, Exception reason) =>
        new Effects().Change(session => PhotoTable.FailAsync(session, message.Photo, reason.Message, clock.GetUtcNow()));
}
