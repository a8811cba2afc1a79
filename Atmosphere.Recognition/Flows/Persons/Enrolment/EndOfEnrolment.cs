using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Whatever became of it: the photos that a person was learned from go, and the parent is told, once.</summary>
internal static class EndOfEnrolment
{
    /// <param name="state">connected or failed.</param>
    /// <param name="told">Sends what follows for the person.</param>
    public static Effects Of(PersonId person, string state, IMediaStore media, Func<Session, IOutbox, PersonRow, Task> told)
    {
        IReadOnlyList<EnrolmentRow> photos = [];
        return new Effects()
            .Change(async (session, outbox) =>
            {
                var found = await PersonTable.FindAsync(session, person);
                photos = await PersonTable.PhotosAsync(session, person);
                if (found is not null && await PersonTable.EndLearningAsync(session, person, state))
                    await told(session, outbox, found);
            })
            .Afterwards(() => Task.WhenAll(photos.Select(photo => media.DeleteAsync(photo.Media, CancellationToken.None))));
    }
}
