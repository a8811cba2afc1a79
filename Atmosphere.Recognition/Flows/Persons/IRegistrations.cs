using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Where a conversation hands over a person to register, and asks who is registered.</summary>
public interface IRegistrations
{
    /// <summary>Writes the person, its guardian and the consent, and sends <see cref="Messages.ConnectPerson"/>. The same person again changes nothing.</summary>
    /// <exception cref="InvalidOperationException">Whoever registers is being forgotten.</exception>
    Task BeginAsync(Session session, NewPerson person);

    /// <summary>The persons of a participant, oldest first; not those that are being erased, nor those whose other parent is being asked.</summary>
    Task<IReadOnlyList<RegisteredPerson>> OfAsync(Session session, ParticipantId participant);

    /// <summary>Makes a member of the person's group a guardian of it, who gets its photos from now on. Who is guardian already stays what they are.</summary>
    /// <param name="way">What let them in.</param>
    /// <returns>False where the person is gone, the participant is no member of its group, or is being forgotten.</returns>
    Task<bool> AddGuardianAsync(Session session, PersonId person, ParticipantId guardian, Consent consent, WayToJoin way);

    /// <returns>Null where there is none, or it is being forgotten.</returns>
    Task<KnownPerson?> FindAsync(Session session, PersonId person);

    /// <summary>Whether photos of the person may be delivered, as far as the group's teacher is concerned.</summary>
    Task<bool> IsConfirmedAsync(Session session, PersonId person);
}

/// <param name="Person">Chosen by the caller.</param>
/// <param name="Name">As the parent typed it, 1 to 60 characters.</param>
/// <param name="Owner">Who registers, and from now on is guardian.</param>
/// <param name="Group">Whose photos are searched for the person.</param>
/// <param name="ConsentVersion">Version of the text that was agreed to.</param>
/// <param name="ConsentText">That text itself.</param>
/// <param name="Photos">1 to 10 photos to learn from; they are deleted afterwards.</param>
public sealed record NewPerson(
    PersonId Person, string Name, ParticipantId Owner, GroupId Group, string ConsentVersion, string ConsentText, IReadOnlyList<EnrolmentPhoto> Photos)
{
    /// <summary>What the data are for.</summary>
    public string ConsentPurpose { get; init; } = "find the child in photos of the group and send them to its guardians";

    /// <summary>The parent says that it is another child than the one it looks like: both are registered, and colleagues decide on their photos.</summary>
    public bool LookAlike { get; init; }
}

/// <param name="Media">A stored photo of <see cref="MediaBucket.Training"/>.</param>
/// <param name="Box">The person's face in it, pixels of the upright photo.</param>
public sealed record EnrolmentPhoto(MediaKey Media, Box Box);

/// <param name="State">connecting, connected or failed.</param>
/// <param name="Role">owner: registered the person, and may share and remove it; guardian: gets its photos.</param>
public sealed record RegisteredPerson(PersonId Person, string Name, GroupId Group, string State, string Role = "owner")
{
    public bool IsOwned => Role == "owner";
}

/// <param name="Owner">Who registered the person.</param>
/// <param name="Portrait">File of the learned face; null: none is kept.</param>
public sealed record KnownPerson(PersonId Person, string Name, GroupId Group, string GroupName, ParticipantId Owner, MediaKey? Portrait);
