using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>
/// A person gained faces: all faces of the group that have no name, and are kept, are looked at again, oldest photo first. It goes a few
/// photos at a time, each commit whole in itself: whoever begins again after a crash finds less to do.
/// </summary>
internal sealed class MatchAgain(Database database, IFaceCollections collections, RematchPhotos rematch) : IStep<PersonTaught>
{
    // At most some hundred faces in memory, and names in a transaction of a few milliseconds.
    private const int Photos = 50;

    public async Task<Effects> HandleAsync(PersonTaught message, CancellationToken cancellation)
    {
        var version = await collections.VersionAsync(CollectionId.Of(message.Group), cancellation);
        if (!await database.WriteAsync(session => BeginAsync(session, message, version), cancellation))
            return Effects.None;

        try
        {
            var from = PhotoAt.Start;
            while (await database.ReadAsync(session => FaceTable.PhotosWithUnnamedAsync(session, message.Group, from, Photos), cancellation) is { Count: > 0 } photos)
            {
                await rematch.RematchAsync(message.Group, [.. photos.Select(photo => photo.Id)], cancellation);
                from = photos[^1];
            }
        }
        catch (CollectionNotFoundException)
        {
            // The group ends just now.
            return Effects.None;
        }

        return new Effects().Change(async (session, outbox) =>
        {
            if (await GroupTable.EndMatchingAsync(session, message.Group, version))
                await UnidentifiedFaces.AskAboutTheRestAsync(session, outbox, message.Group);
        });
    }

    /// <summary>From here on photos whose gate opens are looked at again by themselves if they were searched before: <see cref="DistributionGate"/>.</summary>
    /// <returns>False where that was done with what is known now, or the person is gone.</returns>
    private static async Task<bool> BeginAsync(Session session, PersonTaught message, long version) =>
        await PersonTable.CanBeNamedAsync(session, message.Person) && await GroupTable.BeginMatchingAsync(session, message.Group, version);
}
