using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>
/// After a person lost wrong faces: checks the names that searches have given since, oldest photo first. Each photo is committed
/// separately, so that a retry after a crash has less to do.
/// </summary>
internal sealed class LookAgain(Database database, IFaceCollections collections, DoubtfulNames names) : IStep<PersonUntaught>
{
    // Some hundred faces in memory at most.
    private const int Photos = 50;

    public async Task<Effects> HandleAsync(PersonUntaught message, CancellationToken cancellation)
    {
        var version = await collections.VersionAsync(CollectionId.Of(message.Group), cancellation);
        // From now on, names from older searches are checked when their photo is distributed, see DistributionGate.
        await database.WriteAsync(session => GroupTable.BeginDoubtingAsync(session, message.Group, version), cancellation);
        try
        {
            var from = PhotoAt.Start;
            while (await database.ReadAsync(session => FacesNamedBySearch.PhotosNamedBySearchAsync(session, message.Group, message.Person, message.Since, from, Photos), cancellation) is { Count: > 0 } photos)
            {
                foreach (var photo in photos)
                    await names.CheckAsync(message.Group, photo.Id, message.Person, message.Since, cancellation);
                from = photos[^1];
            }
        }
        catch (CollectionNotFoundException)
        {
            // The group is ending.
        }

        return Effects.None;
    }
}
