using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Learns a person's face from additional photos, then deletes the photos.</summary>
internal sealed class LearnMore(
    Database database, IMediaStore media, EnrolmentFaces enrolment, IFaceCollections collections, LearningGate gate, HeldFaces held)
    : IStep<LearnMorePhotos>, IOnExhausted<LearnMorePhotos>
{
    public async Task<Effects> HandleAsync(LearnMorePhotos message, CancellationToken cancellation)
    {
        var (person, photos, portrait, allowed) = await database.ReadAsync(
            async session => (
                await PersonTable.FindAsync(session, message.Person),
                await EnrolmentPhotoTable.PhotosAsync(session, message.Person),
                await PersonTable.PortraitAsync(session, message.Person),
                await PersonTable.MayTeachAsync(session, message.Person, message.By)),
            cancellation);
        // During the first learning the photos are those of the registration.
        if (person is null or { State: "connecting" } || photos.Count == 0)
            return Effects.None;

        var collection = CollectionId.Of(person.GroupId);
        var files = photos.Select(photo => photo.Media).ToList();
        if (!allowed || message.GiveUp)
            return await LeaveAsync(message, collection, files, cancellation);

        var found = await enrolment.FindAsync(photos, cancellation);
        try
        {
            var judged = await gate.JudgeAsync(collection, person.Id, found, cancellation);
            if (judged.Same.Count > 0)
                await gate.LearnAsync(collection, person.Id, judged.Same, message.By == person.Owner ? WayToLearn.AddedPhotos : WayToLearn.SecondGuardian, cancellation);
            // An interrupted attempt may have indexed faces that this one does not choose.
            await collections.DeleteFacesAsync(collection, [.. files.Select(file => file.FaceId()).Except(judged.Same.Select(face => face.Face))], cancellation);
            // Also those near another registered person: leaving them out would tell the sender that the face is known.
            var waiting = await held.PrepareAsync(person.Id, message.By, photos, [.. judged.Unsure, .. judged.SomebodyElse], portrait, cancellation);
            return End(message, files, judged.Same.Count, judged.Same.Count > 0 ? person.GroupId : null, waiting);
        }
        catch (Exception gone) when (gone is AssociationRefusedException or CollectionNotFoundException)
        {
            // The person was removed, or the group has ended and its collection is not created again.
            return await LeaveAsync(message, collection, files, cancellation);
        }
    }

    public Effects Exhausted(LearnMorePhotos message, Exception reason)
    {
        // First without learning: an indexed face is in the collection, and only its photo's row records that.
        if (!message.GiveUp)
            return new Effects().Send(message with { GiveUp = true });

        IReadOnlyList<MediaKey> files = [];
        return new Effects()
            .Change(async (session, outbox) =>
            {
                files = [.. (await EnrolmentPhotoTable.PhotosAsync(session, message.Person)).Select(photo => photo.Media)];
                await EndAsync(session, outbox, message, files, 0, 0);
            })
            .Afterwards(() => Task.WhenAll(files.Select(file => media.DeleteAsync(file, CancellationToken.None))));
    }

    /// <summary>Deletes the photos and their faces in the collection, because consent was withdrawn or the person removed.</summary>
    private async Task<Effects> LeaveAsync(LearnMorePhotos message, CollectionId collection, IReadOnlyList<MediaKey> files, CancellationToken cancellation)
    {
        try
        {
            await collections.DeleteFacesAsync(collection, [.. files.Select(file => file.FaceId())], cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // Then there is nothing to delete.
        }

        return End(message, files, 0);
    }

    /// <param name="taught">The person's group, if something was learned.</param>
    /// <param name="waiting">Faces that are not clearly the person's.</param>
    private Effects End(LearnMorePhotos message, IReadOnlyList<MediaKey> files, int learned, GroupId? taught = null, IReadOnlyList<HeldFace>? waiting = null) =>
        new Effects()
            .Change(async (session, outbox) =>
            {
                await held.HoldAsync(session, outbox, waiting ?? []);
                await EndAsync(session, outbox, message, files, learned, waiting?.Count ?? 0);
                if (taught is { } group)
                    await outbox.SendAsync(session, new PersonTaught(message.Person, group));
            })
            .Afterwards(() => Task.WhenAll(files.Select(file => media.DeleteAsync(file, CancellationToken.None))));

    private static async Task EndAsync(Session session, IOutbox outbox, LearnMorePhotos message, IReadOnlyList<MediaKey> files, int learned, int held)
    {
        await EnrolmentPhotoTable.RemovePhotosAsync(session, message.Person, files);
        await outbox.SendAsync(session, new MorePhotosLearned(message.Person, message.By, message.Notice, learned, held));
    }
}
