using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Accepts the answers to requests.</summary>
public interface IRequests
{
    /// <summary>Grants or refuses the request, and sends <see cref="Messages.RequestEnded"/>. A second answer changes nothing.</summary>
    /// <param name="by">The answering participant. Ignored unless they were asked and, if as a teacher, still are one.</param>
    /// <returns>
    /// Granted or refused; null if the request is not theirs, has ended, or can no longer be granted; open if the answer does not fit the request.
    /// </returns>
    Task<RequestState?> AnswerAsync(Session session, string request, ParticipantId by, RequestAnswer answer);

    /// <summary>Leaves a request about a face to an operator. No other teacher is asked any more.</summary>
    /// <returns>False if the request is not theirs, is not about a face, or has ended.</returns>
    Task<bool> HandOverAsync(Session session, string request, ParticipantId by);

    /// <summary>Takes back the participant's last decision about a registration.</summary>
    /// <param name="number">The request's number.</param>
    /// <returns>Null if there is nothing to undo, or no longer.</returns>
    Task<UndoneDecision?> UndoAsync(Session session, ParticipantId by, int number);

    /// <summary>
    /// An operator confirms or removes a person if no teacher is available or answers. The parent is told, and open requests to teachers
    /// end.
    /// </summary>
    /// <returns>False if there is no such person, or no confirmation is pending.</returns>
    Task<bool> DecideAsync(Session session, PersonId person, bool granted);

    /// <summary>An operator decides on a held face if no teacher is available or answers.</summary>
    /// <returns>False if nothing is pending, or the answer does not fit.</returns>
    Task<bool> DecideAsync(Session session, FaceId held, RequestAnswer answer);

    /// <summary>An operator takes back a decision about a registration.</summary>
    /// <returns>Null if there is nothing to undo, or no longer.</returns>
    Task<UndoneDecision?> UndoAsync(Session session, FaceId held);
}

public enum RequestAnswer
{
    Allow,
    Refuse,

    /// <summary>Both faces are one child's.</summary>
    Same,

    /// <summary>The faces are two children's.</summary>
    Other,
}

public enum UndoneDecision
{
    /// <summary>The refused registration waits for a decision again.</summary>
    WaitsAgain,

    /// <summary>The admitted registration is removed.</summary>
    Removed,
}
