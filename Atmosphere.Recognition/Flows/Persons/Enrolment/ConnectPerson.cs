using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Learns a person from its photos, then deletes them.</summary>
internal sealed class ConnectPerson(
    Database database, IMediaStore media, EnrolmentFaces enrolment, IFaceCollections collections, PersonPortraits portraits, LearningGate gate,
    HeldFaces held, TimeProvider clock)
    : IStep<Messages.ConnectPerson>, IOnExhausted<Messages.ConnectPerson>
{
    public async Task<Effects> HandleAsync(Messages.ConnectPerson message, CancellationToken cancellation)
    {
        try
        {
            return await LearnAsync(message, cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // The group ended meanwhile: its collection is deleted and not made again, and the person goes with it.
            if (await database.ReadAsync(session => PersonTable.IsLearnedStillAsync(session, message.Person), cancellation))
                throw;
            return Effects.None;
        }
    }

    public Effects Exhausted(Messages.ConnectPerson message, Exception reason) => GiveUp(message, NotConnectedReason.CouldNotLearn);

    private async Task<Effects> LearnAsync(Messages.ConnectPerson message, CancellationToken cancellation)
    {
        var (person, photos) = await database.ReadAsync(
            async session => (await PersonTable.FindAsync(session, message.Person), await PersonTable.PhotosAsync(session, message.Person)), cancellation);
        if (person is not { State: "connecting" })
            return Effects.None;

        var faces = await enrolment.FindAsync(photos, cancellation);
        if (faces.Count == 0)
            return GiveUp(message, NotConnectedReason.CouldNotLearn);

        var collection = CollectionId.Of(person.GroupId);
        await collections.CreateCollectionAsync(collection, cancellation);
        if (await FindLookAlikeAsync(collection, person.Id, faces, cancellation) is { } other)
        {
            if (!person.LookAlike)
                return GiveUp(message, NotConnectedReason.LooksLikeAnother, other);
            if (!person.IsAdmitted && await database.ReadAsync(session => PersonTable.FindAsync(session, other), cancellation) is { } known && known.Owner != person.Owner)
                return new Effects().Change((session, outbox) => LookAlikeRequests.AskAsync(session, outbox, person, known, clock.GetUtcNow()));
            // Before the first face is found: from the beginning no photo of either is sent without a colleague's look.
            await database.WriteAsync(
                async session =>
                {
                    if (await PersonTable.FindAsync(session, person.Id) is { State: "connecting" })
                        await LookAlikes.AddAsync(session, person.Id, other);
                },
                cancellation);
        }

        await collections.CreateUserAsync(collection, person.Id, cancellation);
        var judged = await gate.JudgeAsync(collection, person.Id, faces, cancellation);
        await gate.LearnAsync(collection, person.Id, judged.Same, cancellation);
        var portrait = await portraits.MakeAsync(person, photos, judged.Same, cancellation);
        var waiting = await held.PrepareAsync(person.Id, person.Owner, photos, [.. judged.Unsure, .. judged.SomebodyElse], portrait, cancellation);
        var end = EndOfEnrolment.Of(person.Id, "connected", media, async (session, outbox, learned) =>
        {
            await held.HoldAsync(session, outbox, waiting);
            await Confirmations.AskAsync(session, outbox, learned, clock.GetUtcNow());
            await outbox.SendAsync(session, new PersonConnected(learned.Id, learned.Owner));
            await outbox.SendAsync(session, new PersonTaught(learned.Id, learned.GroupId));
            foreach (var like in await LookAlikes.OfOthersAsync(session, learned.Id, learned.Owner))
                await outbox.SendAsync(session, new LookAlikeLearned(like, learned.Id));
        });
        return portraits.Keep(end, person.Id, portrait);
    }

    private static Effects GiveUp(Messages.ConnectPerson message, NotConnectedReason reason, PersonId? like = null) =>
        new Effects().Send(new Messages.GiveUpPerson(message.Person, reason, like));

    /// <summary>Of two who are as near to every photo neither gets a name: registering the second would take the photos from the first.</summary>
    /// <remarks>
    /// The rule is the one by which photos get names: whose vector is near enough to be given another's name is that other, as far as can be
    /// seen. The lead is left out, since two who look alike already do not make room for a third. Somebody who is only uncertain is let in:
    /// their own photos are nearer to themselves by far, and refusing them would turn away strangers.
    /// </remarks>
    private async Task<PersonId?> FindLookAlikeAsync(
        CollectionId collection, PersonId person, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation)
    {
        // An earlier attempt that came to associate has passed; since then the person itself would be found.
        if ((await collections.ListFacesAsync(collection, person, cancellation)).Count > 0)
            return null;

        var mean = Embedding.Mean([.. faces.Select(face => face.Embedding)]);
        return (await collections.SearchUsersByImageAsync(collection, mean, cancellation)) is { NearEnough: true, Matches: [var first, ..] } ? first.User : null;
    }
}
