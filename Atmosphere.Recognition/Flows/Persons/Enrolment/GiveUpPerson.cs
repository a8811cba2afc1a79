using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Takes out of the face collection what an attempt to learn a person left there, and only then says that nothing is kept.</summary>
internal sealed class GiveUpPerson(Database database, IMediaStore media, IFaceCollections collections, TimeProvider clock)
    : IStep<Messages.GiveUpPerson>, IOnExhausted<Messages.GiveUpPerson>
{
    public async Task<Effects> HandleAsync(Messages.GiveUpPerson message, CancellationToken cancellation)
    {
        var (person, photos) = await database.ReadAsync(
            async session => (await PersonTable.FindAsync(session, message.Person), await PersonTable.PhotosAsync(session, message.Person)), cancellation);
        if (person is not { State: "connecting" })
            return Effects.None;

        // By the photos, too: a face that was indexed but not yet associated is in nobody's list.
        await collections.ForgetUserAsync(
            CollectionId.Of(person.GroupId), person.Id, [.. photos.Select(photo => photo.Media.FaceId())], cancellation);
        return End(message);
    }

    // What is left in the collection then goes with the person's row, see FailedPersonsExpire.
    public Effects Exhausted(Messages.GiveUpPerson message, Exception reason) => End(message);

    private Effects End(Messages.GiveUpPerson message) =>
        EndOfEnrolment.Of(message.Person, "failed", media, async (session, outbox, person) =>
        {
            var reason = message.Reason;
            if (message.Like is { } like)
            {
                await GuardianRequests.AskAsync(session, outbox, person, like, clock.GetUtcNow());
                if ((await PersonTable.FindAsync(session, like))?.Owner == person.Owner)
                    reason = NotConnectedReason.LooksLikeOwn;
            }

            await outbox.SendAsync(session, new PersonNotConnected(person.Id, person.Owner, reason));
        });
}
