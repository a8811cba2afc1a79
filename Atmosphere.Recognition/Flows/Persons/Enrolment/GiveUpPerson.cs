using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Removes the remains of a failed enrolment from the face collection, and only then confirms that nothing is kept.</summary>
internal sealed class GiveUpPerson(Database database, IMediaStore media, IFaceCollections collections, TimeProvider clock)
    : IStep<Messages.GiveUpPerson>, IOnExhausted<Messages.GiveUpPerson>
{
    public async Task<Effects> HandleAsync(Messages.GiveUpPerson message, CancellationToken cancellation)
    {
        var (person, photos) = await database.ReadAsync(
            async session => (await PersonTable.FindAsync(session, message.Person), await EnrolmentPhotoTable.PhotosAsync(session, message.Person)), cancellation);
        if (person is not { State: "connecting" })
            return Effects.None;

        // Also by the photos' ids: a face that was indexed but not associated yet belongs to no user.
        await collections.ForgetUserAsync(
            CollectionId.Of(person.GroupId), person.Id, [.. photos.Select(photo => photo.Media.FaceId())], cancellation);
        return End(message);
    }

    // Remains in the collection are then deleted with the person's row, see FailedPersonsExpire.
    public Effects Exhausted(Messages.GiveUpPerson message, Exception reason) => End(message);

    private Effects End(Messages.GiveUpPerson message) =>
        EndOfEnrolment.Of(message.Person, "failed", media, async (session, outbox, person) =>
        {
            if (message is { Reason: NotConnectedReason.LooksLikeAnother, Like: { } like })
                await GuardianRequests.AskAsync(session, outbox, person, like, clock.GetUtcNow());
            await outbox.SendAsync(session, new PersonNotConnected(person.Id, person.Owner, message.Reason));
        });
}
