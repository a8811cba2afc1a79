using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>
/// Users of endpoints without authentication are visitors of this machine's playground group, and of no other. Once a setting opens the
/// program to the outside, such endpoints assign no group.
/// </summary>
internal sealed class Visitors(IOptions<PublicDoors> doors)
{
    public bool AreWelcome => doors.Value.OpenedBy is null;

    /// <summary>The group of users who prove no membership; null: none.</summary>
    public GroupId? Group => AreWelcome ? ClassGroup.Id : null;
}
