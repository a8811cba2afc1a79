using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Empties the write-ahead log and searches everywhere for the erased data; only then the receipt is sent.</summary>
internal sealed class ProveErasure(
    Database database, ErasureLog log, ErasureSearch search, ErasedVectors vectors, IFaceCollections collections, IncompleteErasures givenUp, TimeProvider clock)
    : IStep<Messages.ProveErasure>, IOnExhausted<Messages.ProveErasure>
{
    public async Task<Effects> HandleAsync(Messages.ProveErasure message, CancellationToken cancellation)
    {
        var erasure = message.Erasure;
        if (await database.ReadAsync(session => ErasureTable.FindAsync(session, erasure), cancellation) is not { State: not "erased" })
            return Effects.None;

        var stone = await log.FindAsync(erasure, cancellation);
        if (stone is not null)
            await search.DeleteLateFilesAsync([stone.Id, .. stone.Faces], cancellation);
        await search.RequireKnownFilesAsync(cancellation);
        if (!await database.TruncateLogAsync(cancellation))
            throw new TryLaterException("Readers keep the write-ahead log from being emptied.", TimeSpan.FromSeconds(1));
        if (stone is not null)
        {
            await database.ReadAsync(
                async session =>
                {
                    await search.RequireNothingAsync(session, stone.Kind, [stone.Id, .. stone.Faces]);
                    return true;
                },
                cancellation);
        }

        // After a restart vectors and the names of deleted files are no longer known, only the ids.
        var old = vectors.Find(erasure);
        if (old is not null)
            await SearchAsync(old, cancellation);
        var searched = old is not null || stone is not { Kind: "person" } ? "everything" : "ids";
        return new Effects()
            .Change(async (session, outbox) =>
            {
                if (await ErasureTable.EndAsync(session, erasure, searched, clock.GetUtcNow()) && message.Receiver is { } receiver)
                    await outbox.SendAsync(session, new PersonErased(erasure, receiver));
            })
            .Afterwards(() =>
            {
                vectors.Forget(erasure);
                return Task.CompletedTask;
            });
    }

    public Effects Exhausted(Messages.ProveErasure message, Exception reason) => givenUp.Of(message.Erasure, nameof(ProveErasure), reason);

    private async Task SearchAsync(ErasedVectors.Searched old, CancellationToken cancellation)
    {
        var hits = 0;
        await DeleteUser.IfThereAsync(async () =>
        {
            foreach (var vector in old.Vectors)
                hits += (await collections.SearchUsersByImageAsync(old.Collection, vector, cancellation)).Matches.Count(match => match.User == old.Person);
        });
        if (hits > 0)
            throw new TracesLeftException(hits, "the face collection");

        await search.RequireNoFilesAsync(old.Files, cancellation);
    }
}
