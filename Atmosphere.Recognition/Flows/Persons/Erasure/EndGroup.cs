using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>
/// Deletes a group: its collection, then its persons and photos one by one, each in a short transaction, then its own rows. After a crash
/// the next attempt continues.
/// </summary>
internal sealed class EndGroup(
    Database database, IFaceCollections collections, DeletePersonEntry entries, IOutbox outbox, GroupPhotosErased photos, GroupRows rows, ErasureLog log,
    IncompleteErasures givenUp, TimeProvider clock)
    : IStep<Messages.EndGroup>, IOnExhausted<Messages.EndGroup>
{
    public async Task<Effects> HandleAsync(Messages.EndGroup message, CancellationToken cancellation)
    {
        var (erasure, group) = (message.Erasure, message.Group);
        if (!await database.ReadAsync(session => GroupTable.ExistsAsync(session, group), cancellation))
            return Effects.None;

        var collection = CollectionId.Of(group);
        var learned = await LearnedAsync(erasure, collection, cancellation);
        await log.AppendAsync(new Tombstone(clock.GetUtcNow().ToUnixTimeMilliseconds(), "group", erasure.Value, group.Value, learned), cancellation);
        await DeleteUser.IfThereAsync(() => collections.DeleteCollectionAsync(collection, cancellation));
        await DeletePersonsAsync(erasure, group, learned, cancellation);
        await photos.DeleteAsync(erasure, group, cancellation);
        await rows.DeleteFilesAsync(group, cancellation);
        var messages = await rows.MessagesAsync(group, cancellation);
        return new Effects().Change(async (session, outbox) =>
        {
            if (!await GroupTable.ExistsAsync(session, group))
                return;

            await ErasureTable.CountAsync(session, erasure, await rows.DeleteAsync(session, group, messages), 0, 0);
            await ErasureTable.EndAllAsync(session, collection, clock.GetUtcNow());
            await outbox.SendAsync(session, new Messages.ProveErasure(erasure, Receiver: null));
        });
    }

    public Effects Exhausted(Messages.EndGroup message, Exception reason) => givenUp.Of(message.Erasure, nameof(EndGroup), reason);

    /// <summary>All faces of the collection; after its deletion, those in the log.</summary>
    private async Task<IReadOnlyList<string>> LearnedAsync(ErasureId erasure, CollectionId collection, CancellationToken cancellation)
    {
        IReadOnlyList<string> faces = (await log.FindAsync(erasure, cancellation))?.Faces ?? [];
        await DeleteUser.IfThereAsync(async () =>
            faces = [.. faces.Union((await collections.ListFacesAsync(collection, null, cancellation)).Select(face => face.Face.Value))]);
        return faces;
    }

    private async Task DeletePersonsAsync(ErasureId erasure, GroupId group, IReadOnlyList<string> learned, CancellationToken cancellation)
    {
        foreach (var person in await database.ReadAsync(session => PersonTable.OfGroupAsync(session, group), cancellation))
        {
            if (await database.ReadAsync(session => PersonTraces.FindAsync(session, erasure, person), cancellation) is not { } traces)
                continue;

            await entries.ForgetOutsideAsync(traces, cancellation);
            await entries.DeleteAsync(erasure, traces with { Learned = learned }, outbox, cancellation);
        }
    }
}
