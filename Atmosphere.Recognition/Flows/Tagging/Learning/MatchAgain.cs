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
/// After a person gained faces: matches all unnamed faces of the group that are still kept, oldest photo first, in batches of a few photos.
/// Each batch is committed separately, so that a retry after a crash has less to do.
/// </summary>
internal sealed class MatchAgain(Database database, IFaceCollections collections, RematchPhotos rematch) : IStep<PersonTaught>
{
    // Some hundred faces in memory at most, and a transaction of a few milliseconds.
    private const int Photos = 50;

    public async Task<Effects> HandleAsync(PersonTaught message, CancellationToken cancellation)
    {
        var version = await collections.VersionAsync(CollectionId.Of(message.Group), cancellation);
        if (!await database.WriteAsync(session => BeginAsync(session, message, version), cancellation))
            return Effects.None;

        try
        {
            var from = PhotoAt.Start;
            while (await database.ReadAsync(session => FacesNamedBySearch.PhotosWithUnnamedAsync(session, message.Group, from, Photos), cancellation) is { Count: > 0 } photos)
            {
                await rematch.RematchAsync(message.Group, [.. photos.Select(photo => photo.Id)], cancellation);
                from = photos[^1];
            }
        }
        catch (CollectionNotFoundException)
        {
            // The group is ending.
            return Effects.None;
        }

        return new Effects().Change(async (session, outbox) =>
        {
            if (await GroupTable.EndMatchingAsync(session, message.Group, version))
                await UnidentifiedFaces.AskAboutTheRestAsync(session, outbox, message.Group);
        });
    }

    /// <summary>From now on, photos searched before are matched again when their gate opens: <see cref="DistributionGate"/>.</summary>
    /// <returns>False if this version was matched before or the person is gone.</returns>
    private static async Task<bool> BeginAsync(Session session, PersonTaught message, long version) =>
        await PersonTable.CanBeNamedAsync(session, message.Person) && await GroupTable.BeginMatchingAsync(session, message.Group, version);
}
