using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Where the answer to a request is handed over.</summary>
public interface IRequests
{
    /// <summary>Does what was wished, or does not, and sends <see cref="Messages.RequestEnded"/>. A second answer changes nothing.</summary>
    /// <param name="by">Who answers; anybody but the one who was asked is nobody, and so is who was a teacher of the group and is none any more.</param>
    /// <returns>Granted or refused; null where the request is not theirs, has ended, or what was wished is not possible any more.</returns>
    Task<RequestState?> AnswerAsync(Session session, string request, ParticipantId by, bool granted);

    /// <summary>
    /// An operator confirms a person in the place of a teacher who is not there or does not answer, or has it removed; the parent is told, and
    /// teachers are asked no more.
    /// </summary>
    /// <returns>False where the person is not there, or nothing waits for a confirmation.</returns>
    Task<bool> DecideAsync(Session session, PersonId person, bool granted);

    /// <summary>An operator says whether a held face is the person's, in the place of a teacher who is not there or does not answer.</summary>
    /// <returns>False where nothing waits.</returns>
    Task<bool> DecideAsync(Session session, FaceId held, bool granted);
}
