using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Stores additional photos in the database, and compares them with the face collection.</summary>
internal sealed class MorePhotos(Database database, EnrolmentFaces enrolment, LearningGate gate, IOutbox outbox) : IMorePhotos
{
    public async Task<bool> IsSameAsync(PersonId person, EnrolmentPhoto photo, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(session => PersonTable.FindAsync(session, person), cancellation);
        var face = new EnrolmentRow { Media = photo.Media, X = photo.Box.X, Y = photo.Box.Y, Width = photo.Box.Width, Height = photo.Box.Height };
        if (row is null || await enrolment.FindAsync([face], cancellation) is not [var found])
            return false;
        return await gate.JudgeAsync(CollectionId.Of(row.GroupId), person, [found], cancellation) is { Same.Count: > 0 };
    }

    public async Task<bool> AddAsync(Session session, PersonId person, ParticipantId by, IReadOnlyList<EnrolmentPhoto> photos)
    {
        if (!await PersonTable.MayTeachAsync(session, person, by))
            return false;

        foreach (var photo in photos)
            await EnrolmentPhotoTable.AddPhotoAsync(session, person, photo.Media, photo.Box);
        await outbox.SendAsync(session, new LearnMorePhotos(person, by, DeliveryId.New()));
        return true;
    }
}
