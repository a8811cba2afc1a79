using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Accepts the answers to requests.</summary>
public interface IRequests
{
    /// <summary>Grants or refuses the request, and sends <see cref="Messages.RequestEnded"/>. A second answer changes nothing.</summary>
    /// <param name="by">The answering participant. Ignored unless they were asked and, if as a teacher, still are one.</param>
    /// <returns>Granted or refused; null if the request is not theirs, has ended, or can no longer be granted.</returns>
    Task<RequestState?> AnswerAsync(Session session, string request, ParticipantId by, bool granted);

    /// <summary>
    /// An operator confirms or removes a person if no teacher is available or answers. The parent is told, and open requests to teachers
    /// end.
    /// </summary>
    /// <returns>False if there is no such person, or no confirmation is pending.</returns>
    Task<bool> DecideAsync(Session session, PersonId person, bool granted);

    /// <summary>An operator decides on a held face if no teacher is available or answers.</summary>
    /// <returns>False if nothing is pending.</returns>
    Task<bool> DecideAsync(Session session, FaceId held, bool granted);
}
