using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Where a wish to be forgotten is handed over. It holds from the moment the session is committed; the rest follows by messages. Every call can be repeated.</summary>
/// <remarks>
/// The log outside the database knows of it before the session is committed: whoever is told that something is being deleted can rely on it,
/// even where the disk with the database is lost in the next moment and a backup is restored. A session that fails after all leaves a wish
/// in the log that was confirmed, and that the next start carries out.
/// </remarks>
public interface IErasures
{
    /// <summary>Forgets a person: face vectors, pictures, names, everything. Whoever asked gets the receipt.</summary>
    /// <param name="by">A guardian with the role of owner; nobody else may.</param>
    /// <exception cref="UnauthorizedAccessException">The participant is not the person's owner.</exception>
    Task RemovePersonAsync(Session session, PersonId person, ParticipantId by);

    /// <summary>Ends what a guardian who is not the owner has to do with a person: guardianship, consent, and what is still to be sent to them. The person stays.</summary>
    /// <returns>False where they are no such guardian.</returns>
    Task<bool> LeavePersonAsync(Session session, PersonId person, ParticipantId by);

    /// <summary>Forgets a participant with everything of theirs: persons whom they alone guard, memberships, wishes, chats, their number.</summary>
    Task ForgetParticipantAsync(Session session, ParticipantId participant);

    /// <summary>Ends a group: its collection, persons, photos and members go.</summary>
    Task EndGroupAsync(Session session, GroupId group);
}
