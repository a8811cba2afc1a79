using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Registers persons for a conversation, and tells who is registered.</summary>
public interface IRegistrations
{
    /// <summary>
    /// Stores the person, its guardian and the consent, and sends <see cref="Messages.ConnectPerson"/>. A repeated call changes nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The owner is being erased.</exception>
    Task BeginAsync(Session session, NewPerson person);

    /// <summary>The persons of a participant, oldest first, except those being erased or waiting for another parent's answer.</summary>
    Task<IReadOnlyList<RegisteredPerson>> OfAsync(Session session, ParticipantId participant);

    /// <summary>
    /// Makes a member of the person's group a guardian, who gets its photos from now on. An existing guardian is not changed.
    /// </summary>
    /// <param name="way">How they were admitted.</param>
    /// <returns>False if the person is gone, or the participant is no member of its group or is being erased.</returns>
    Task<bool> AddGuardianAsync(Session session, PersonId person, ParticipantId guardian, Consent consent, WayToJoin way);

    /// <returns>Null if there is none or it is being erased.</returns>
    Task<KnownPerson?> FindAsync(Session session, PersonId person);

    /// <summary>Whether the group's teacher allows photos of the person to be delivered.</summary>
    Task<bool> IsConfirmedAsync(Session session, PersonId person);
}

/// <param name="Person">Chosen by the caller.</param>
/// <param name="Name">As the parent typed it, 1 to 60 characters.</param>
/// <param name="Owner">The registering participant, who becomes guardian.</param>
/// <param name="Group">The group whose photos are searched.</param>
/// <param name="ConsentVersion">Version of the text that was agreed to.</param>
/// <param name="ConsentText">The text itself.</param>
/// <param name="Photos">1 to 10 photos to learn from; they are deleted afterwards.</param>
public sealed record NewPerson(
    PersonId Person, string Name, ParticipantId Owner, GroupId Group, string ConsentVersion, string ConsentText, IReadOnlyList<EnrolmentPhoto> Photos)
{
    /// <summary>The purpose of the data processing.</summary>
    public string ConsentPurpose { get; init; } = "find the child in photos of the group and send them to its guardians";

    /// <summary>The answer to the question for consent, as it was typed or tapped.</summary>
    public string? ConsentSaid { get; init; }

    /// <summary>
    /// The parent says that this is another child than their own look-alike: both are registered, and colleagues decide on their photos.
    /// </summary>
    public bool LookAlike { get; init; }

    /// <summary>The parent wants a teacher to look at the face before it is learned.</summary>
    public bool AsksTeacher { get; init; }
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

/// <param name="Owner">The participant who registered the person.</param>
/// <param name="Portrait">File of the learned face; null: none is kept.</param>
public sealed record KnownPerson(PersonId Person, string Name, GroupId Group, string GroupName, ParticipantId Owner, MediaKey? Portrait)
{
    /// <summary>Somebody who knows the persons of the group was asked before the face was learned.</summary>
    public bool IsAdmitted { get; init; }

    /// <summary>A teacher or an operator confirmed.</summary>
    public bool WasConfirmed { get; init; }

    /// <summary>The teacher who confirmed; null: nobody, or an operator.</summary>
    public ParticipantId? ConfirmedBy { get; init; }
}
