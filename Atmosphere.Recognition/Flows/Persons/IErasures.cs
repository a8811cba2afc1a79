using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>
/// Accepts erasure requests. A request is effective from the commit of the session; messages do the rest. Every call can be repeated.
/// </summary>
/// <remarks>
/// The log outside the database records the request before the session is committed, so that a confirmed erasure is carried out even if the
/// database is lost right after it and a backup is restored. If the session fails after that, the request stays in the log, and the next
/// start carries it out.
/// </remarks>
public interface IErasures
{
    /// <summary>Erases a person: face vectors, pictures, names, everything. The requester gets a receipt.</summary>
    /// <param name="by">A guardian with the role of owner; others may not.</param>
    /// <exception cref="UnauthorizedAccessException">The participant is not the person's owner.</exception>
    Task RemovePersonAsync(Session session, PersonId person, ParticipantId by);

    /// <summary>
    /// Erases a person whose registration was refused. There is no receipt: the number of deleted faces would tell whether the face was learned.
    /// </summary>
    Task RefusePersonAsync(Session session, PersonId person);

    /// <summary>
    /// Ends the guardianship of a participant who is not the owner, with the consent and open deliveries. The person stays.
    /// </summary>
    /// <returns>False if they are no such guardian.</returns>
    Task<bool> LeavePersonAsync(Session session, PersonId person, ParticipantId by);

    /// <summary>
    /// Erases a participant with everything of theirs: persons whom they alone guard, memberships, requests, chats, their number.
    /// </summary>
    Task ForgetParticipantAsync(Session session, ParticipantId participant);

    /// <summary>Ends a group and erases its collection, persons, photos and members.</summary>
    Task EndGroupAsync(Session session, GroupId group);
}
