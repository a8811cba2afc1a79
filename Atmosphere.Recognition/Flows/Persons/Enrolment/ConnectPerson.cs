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
            // The group has ended: its collection is deleted and not created again, and the person is deleted, too.
            if (await database.ReadAsync(session => PersonTable.IsLearnedStillAsync(session, message.Person), cancellation))
                throw;
            return Effects.None;
        }
    }

    public Effects Exhausted(Messages.ConnectPerson message, Exception reason) => GiveUp(message, NotConnectedReason.CouldNotLearn);

    private async Task<Effects> LearnAsync(Messages.ConnectPerson message, CancellationToken cancellation)
    {
        var (person, photos) = await database.ReadAsync(
            async session => (await PersonTable.FindAsync(session, message.Person), await EnrolmentPhotoTable.PhotosAsync(session, message.Person)), cancellation);
        if (person is not { State: "connecting" })
            return Effects.None;

        var faces = await enrolment.FindAsync(photos, cancellation);
        if (faces.Count == 0)
            return GiveUp(message, NotConnectedReason.CouldNotLearn);

        var collection = CollectionId.Of(person.GroupId);
        await collections.CreateCollectionAsync(collection, cancellation);
        var like = await FindLookAlikeAsync(collection, person.Id, faces, cancellation);
        if (!person.IsAdmitted)
        {
            var known = like is { } found ? await database.ReadAsync(session => PersonTable.FindAsync(session, found), cancellation) : null;
            if (known is not { State: "connected" })
                known = null; // It is being erased.
            var isOwn = known?.Owner == person.Owner;
            if (isOwn && !person.LookAlike)
                return GiveUp(message, NotConnectedReason.LooksLikeOwn, like);
            if (person.AsksTeacher || (known is not null && !isOwn))
                return await HoldAsync(person, photos, faces, isOwn ? null : known, cancellation);
        }

        if (like is { } other)
        {
            // Recorded before the first face is learned, so that no photo of either person is ever sent without a colleague's check.
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
        await gate.LearnAsync(collection, person.Id, judged.Same, WayToLearn.Registration, cancellation);
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

    /// <summary>
    /// Shows the face, beside the registered one that it looks like, to somebody who decides. Nothing is learned meanwhile, and the parent is told
    /// nothing that depends on whether the face is known.
    /// </summary>
    private async Task<Effects> HoldAsync(
        PersonRow person, IReadOnlyList<EnrolmentRow> photos, IReadOnlyList<FaceToIndex> faces, PersonRow? like, CancellationToken cancellation)
    {
        var mean = Embedding.Mean([.. faces.Select(face => face.Embedding)]);
        var shown = faces.MinBy(face => face.Embedding.DistanceTo(mean))!;
        var photo = photos.Single(photo => photo.Media.FaceId() == shown.Face);
        var portrait = like is null ? null : await database.ReadAsync(session => PersonTable.PortraitAsync(session, like.Id), cancellation);
        var pair = await held.PrepareRegistrationAsync(person, photo, like?.Id, portrait, cancellation);
        return new Effects().Change((session, outbox) => LookAlikeRequests.HoldAsync(session, outbox, person, pair, clock.GetUtcNow()));
    }

    private static Effects GiveUp(Messages.ConnectPerson message, NotConnectedReason reason, PersonId? like = null) =>
        new Effects().Send(new Messages.GiveUpPerson(message.Person, reason, like));

    /// <summary>
    /// Finds a registered look-alike. Two persons with equal distances both get no name, so a second one would take the first one's photos.
    /// </summary>
    /// <remarks>
    /// Uses the rule that names faces in photos: a face near enough to be given another person's name counts as that person. The lead over
    /// the second-best is ignored, because two look-alikes do not make room for a third. A merely uncertain match is allowed: the person's
    /// own photos are much nearer, and refusing it would turn strangers away.
    /// </remarks>
    private async Task<PersonId?> FindLookAlikeAsync(
        CollectionId collection, PersonId person, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation)
    {
        // An earlier attempt that reached the association has passed this check; now the search would find the person itself.
        if ((await collections.ListFacesAsync(collection, person, cancellation)).Count > 0)
            return null;

        var mean = Embedding.Mean([.. faces.Select(face => face.Embedding)]);
        return (await collections.SearchUsersByImageAsync(collection, mean, cancellation)) is { NearEnough: true, Matches: [var first, ..] } ? first.User : null;
    }
}
