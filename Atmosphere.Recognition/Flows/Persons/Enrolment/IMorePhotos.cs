using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Where a conversation hands over more photos of a person who is learned already.</summary>
public interface IMorePhotos
{
    /// <summary>How the face looks beside the faces that were learned.</summary>
    /// <param name="photo">A photo in which somebody chose the face.</param>
    Task<Likeness> CompareAsync(PersonId person, EnrolmentPhoto photo, CancellationToken cancellation);

    /// <summary>Hands the photos over, if the participant is a guardian and consent stands, and sends <see cref="Messages.LearnMorePhotos"/>; they are deleted afterwards.</summary>
    /// <returns>False where the participant may not; nothing is kept then.</returns>
    Task<bool> AddAsync(Session session, PersonId person, ParticipantId by, IReadOnlyList<EnrolmentPhoto> photos);
}

public enum Likeness
{
    /// <summary>The person, as far as can be seen.</summary>
    Same,

    /// <summary>Not clearly the person: it is learned only when somebody who knows them has looked.</summary>
    Unlike,

    /// <summary>Somebody else who is registered in the group: never to be learned.</summary>
    SomebodyElse,
}
