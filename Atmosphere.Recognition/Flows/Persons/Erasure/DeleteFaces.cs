using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes the learned faces with their vectors. Their ids are deleted once the engine no longer lists any of them.</summary>
internal sealed class DeleteFaces(Database database, IFaceCollections collections, IncompleteErasures givenUp)
    : IStep<Messages.DeleteFaces>, IOnExhausted<Messages.DeleteFaces>
{
    public async Task<Effects> HandleAsync(Messages.DeleteFaces message, CancellationToken cancellation)
    {
        var kept = await database.ReadAsync(
            session => ErasureTable.KeptAsync(session, message.Erasure), cancellation);
        foreach (var collection in kept.GroupBy(face => face.CollectionId, face => face.FaceId))
        {
            await DeleteUser.IfThereAsync(async () =>
            {
                await collections.DeleteFacesAsync(collection.Key, [.. collection], cancellation);
                var left = (await collections.ListFacesAsync(collection.Key, null, cancellation)).Count(face => collection.Contains(face.Face));
                if (left > 0)
                    throw new InvalidOperationException($"The face engine still lists {left} faces that it was to delete.");
            });
        }

        return new Effects()
            .Change(session => ErasureTable.ConfirmAsync(session, message.Erasure))
            .Change(async (session, outbox) =>
            {
                if (await ErasureTable.AdvanceAsync(session, message.Erasure, step: 2))
                    await outbox.SendAsync(session, new Messages.DeletePersonEntry(message.Erasure, message.Person, message.Receiver));
            });
    }

    public Effects Exhausted(Messages.DeleteFaces message, Exception reason) => givenUp.Of(message.Erasure, nameof(DeleteFaces), reason);
}
