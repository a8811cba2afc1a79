using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Accepts additional photos of a learned person from a conversation.</summary>
public interface IMorePhotos
{
    /// <summary>Whether the face is clearly the person's. Any other is learned only after a check by somebody who knows them.</summary>
    /// <param name="photo">A photo in which a guardian chose the face.</param>
    Task<bool> IsSameAsync(PersonId person, EnrolmentPhoto photo, CancellationToken cancellation);

    /// <summary>
    /// Hands over the photos and sends <see cref="Messages.LearnMorePhotos"/>, if the participant is a guardian and consent is in force.
    /// The photos are deleted afterwards.
    /// </summary>
    /// <returns>False if the participant may not; nothing is kept then.</returns>
    Task<bool> AddAsync(Session session, PersonId person, ParticipantId by, IReadOnlyList<EnrolmentPhoto> photos);
}
