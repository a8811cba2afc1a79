using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Identify;

/// <summary>Decides who a face is from its search, and searches again if persons have been registered since.</summary>
internal sealed class IdentifyFace(Database database, IFaceEngine engine, IFaceCollections collections, TimeProvider clock)
    : IStep<FaceStored>, IOnExhausted<FaceStored>
{
    public async Task<Effects> HandleAsync(FaceStored message, CancellationToken cancellation)
    {
        var (photo, face, known) = await database.ReadAsync(
            async session => (
                await PhotoTable.FindAsync(session, message.Photo),
                await FaceTable.FindAsync(session, message.Face),
                await FaceSearches.OfAsync(session, message.Photo)),
            cancellation);
        if (photo is null || face is not { IsOpen: true })
            return Effects.None;

        // In a degraded photo it is unknown who this is, which is not the same as nobody.
        if (!known.ContainsKey(message.Face))
            return new Effects().Change((session, outbox) => DecideAsync(session, outbox, message, null, FaceTable.Refused));

        var searches = await RefreshAsync(CollectionId.Of(photo.GroupId), message.Photo, known, cancellation);
        return new Effects().Change(async (session, outbox) =>
        {
            foreach (var (id, fresh) in searches)
                await FaceSearches.PutAsync(session, message.Photo, id, fresh);
            if ((await RivalNames.DoubtAsync(session, outbox, message.Photo, clock.GetUtcNow())).TryGetValue(message.Face, out var search))
                await RouteAsync(session, outbox, message, search);
        });
    }

    public Effects Exhausted(FaceStored message, Exception reason) =>
        RefusedFaces.Refuse(message.Photo, message.Face, nameof(IdentifyFace), reason, clock);

    /// <summary>Repeats the searches of all faces of the photo with the current collection, because they affect each other.</summary>
    /// <returns>The searches to store; empty if nothing has changed.</returns>
    private async Task<IReadOnlyDictionary<FaceId, FaceSearch>> RefreshAsync(
        CollectionId collection, PhotoId photo, IReadOnlyDictionary<FaceId, FaceSearch> known, CancellationToken cancellation)
    {
        var fresh = new Dictionary<FaceId, FaceSearch>();
        var version = await collections.VersionAsync(collection, cancellation);
        if (known.Values.All(search => search.CollectionVersion == version))
            return fresh;

        var found = await database.ReadAsync(session => FoundFaces.OfAsync(session, photo), cancellation);
        foreach (var face in found.Where(face => known.ContainsKey(face.Id)))
            fresh[face.Id] = await collections.SearchUsersByImageAsync(collection, face.VectorOf(engine.Model), cancellation);
        return fresh;
    }

    private async Task RouteAsync(Session session, IOutbox outbox, FaceStored message, FaceSearch search)
    {
        if (search.Verdict != MatchVerdict.Named)
            await DecideAsync(session, outbox, message, search, search.Verdict.ToString().ToLowerInvariant());
        else if (await FaceTable.SuggestAsync(session, message.Face, search.Matches[0].User))
            await outbox.SendAsync(session, new FaceIdentified(message.Photo, message.Face, search.Matches[0].User));
    }

    private async Task DecideAsync(Session session, IOutbox outbox, FaceStored message, FaceSearch? search, string verdict)
    {
        var best = search is { Matches: [var first, ..] } ? first : null;
        var person = search?.Verdict == MatchVerdict.Uncertain ? best?.User : null;
        var now = clock.GetUtcNow();
        if (!await FaceTable.DecideAsync(session, message.Face, person, best?.Similarity, verdict, now))
            return;
        await UnidentifiedFaces.AskAsync(session, outbox, message.Photo, message.Face);
        await DistributionGate.DecidedAsync(session, outbox, message.Photo, verdict, now);
    }
}
