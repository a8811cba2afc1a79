using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Ends an enrolment, whatever the result: deletes the photos and tells the parent, once.</summary>
internal static class EndOfEnrolment
{
    /// <param name="state">connected or failed.</param>
    /// <param name="told">Sends the messages that follow.</param>
    public static Effects Of(PersonId person, string state, IMediaStore media, Func<Session, IOutbox, PersonRow, Task> told)
    {
        IReadOnlyList<EnrolmentRow> photos = [];
        return new Effects()
            .Change(async (session, outbox) =>
            {
                var found = await PersonTable.FindAsync(session, person);
                photos = await EnrolmentPhotoTable.PhotosAsync(session, person);
                if (found is not null && await PersonTable.EndLearningAsync(session, person, state))
                    await told(session, outbox, found);
            })
            .Afterwards(() => Task.WhenAll(photos.Select(photo => media.DeleteAsync(photo.Media, CancellationToken.None))));
    }
}
