using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Shows guardians their own children.</summary>
public interface IFamilies
{
    /// <summary>The children guarded by the participant, oldest first, without those being erased.</summary>
    Task<IReadOnlyList<Child>> ChildrenAsync(Session session, ParticipantId participant);
}

/// <param name="Name">As the owner typed it.</param>
/// <param name="Group">The name of the group whose photos are searched.</param>
/// <param name="State">connecting, connected or failed.</param>
/// <param name="IsOwner">True: the participant registered the child; false: they joined as a guardian.</param>
/// <param name="Since">When they became guardian.</param>
/// <param name="TimeZone">IANA name, of the group.</param>
/// <param name="IsConfirmed">False: a teacher of the group must confirm the child before photos are sent.</param>
/// <param name="Portrait">The learned face; null if none is kept.</param>
public sealed record Child(
    PersonId Person, string Name, string Group, string State, bool IsOwner, DateTimeOffset Since, string TimeZone, bool IsConfirmed, MediaKey? Portrait);
