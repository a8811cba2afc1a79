using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>
/// A person lost faces that were wrong: the names that searches gave since are looked at again, oldest photo first. Each photo is
/// committed by itself: whoever begins again after a crash finds less to do.
/// </summary>
internal sealed class LookAgain(Database database, IFaceCollections collections, DoubtfulNames names) : IStep<PersonUntaught>
{
    // At most some hundred faces in memory.
    private const int Photos = 50;

    public async Task<Effects> HandleAsync(PersonUntaught message, CancellationToken cancellation)
    {
        var version = await collections.VersionAsync(CollectionId.Of(message.Group), cancellation);
        // From here on names that are still to be given by an older search are looked at again when their photo goes out, see DistributionGate.
        await database.WriteAsync(session => GroupTable.BeginDoubtingAsync(session, message.Group, version), cancellation);
        try
        {
            var from = PhotoAt.Start;
            while (await database.ReadAsync(session => FaceTable.PhotosNamedBySearchAsync(session, message.Group, message.Person, message.Since, from, Photos), cancellation) is { Count: > 0 } photos)
            {
                foreach (var photo in photos)
                    await names.CheckAsync(message.Group, photo.Id, message.Person, message.Since, cancellation);
                from = photos[^1];
            }
        }
        catch (CollectionNotFoundException)
        {
            // The group ends just now.
        }

        return Effects.None;
    }
}
