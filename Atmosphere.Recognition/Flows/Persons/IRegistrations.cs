using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Where a conversation hands over a person to register, and asks who is registered.</summary>
public interface IRegistrations
{
    /// <summary>Writes the person, its guardian and the consent, and sends <see cref="Messages.ConnectPerson"/>. The same person again changes nothing.</summary>
    Task BeginAsync(Session session, NewPerson person);

    /// <summary>The persons of a participant, oldest first.</summary>
    Task<IReadOnlyList<RegisteredPerson>> OfAsync(Session session, ParticipantId participant);
}

/// <param name="Person">Chosen by the caller.</param>
/// <param name="Name">As the parent typed it, 1 to 60 characters.</param>
/// <param name="Owner">Who registers, and from now on is guardian.</param>
/// <param name="Group">Whose photos are searched for the person.</param>
/// <param name="ConsentVersion">Version of the text that was agreed to.</param>
/// <param name="ConsentText">That text itself.</param>
/// <param name="Photos">1 to 10 photos to learn from; they are deleted afterwards.</param>
public sealed record NewPerson(
    PersonId Person, string Name, ParticipantId Owner, GroupId Group, string ConsentVersion, string ConsentText, IReadOnlyList<EnrolmentPhoto> Photos);

/// <param name="Media">A stored photo of <see cref="MediaBucket.Training"/>.</param>
/// <param name="Box">The person's face in it, pixels of the upright photo.</param>
public sealed record EnrolmentPhoto(MediaKey Media, Box Box);

/// <param name="State">connecting, connected or failed.</param>
public sealed record RegisteredPerson(PersonId Person, string Name, GroupId Group, string State);
