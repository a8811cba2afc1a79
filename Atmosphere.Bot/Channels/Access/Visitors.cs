using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>
/// Who comes in by a door that asks for no proof is a visitor of this machine's playground, and of nothing else: once any setting opens the program to
/// the outside, such a door gives no group.
/// </summary>
internal sealed class Visitors(IOptions<PublicDoors> doors)
{
    public bool AreWelcome => doors.Value.OpenedBy is null;

    /// <summary>The group of whoever proves no membership; null: none.</summary>
    public GroupId? Group => AreWelcome ? ClassGroup.Id : null;
}
