using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>
/// Decides who may answer questions: a group's teachers. On a machine not reachable from outside every member, for trying it out.
/// </summary>
internal sealed class Taggers(IOptions<PublicDoors> doors)
{
    /// <summary>The groups whose faces the user may see and name; empty: not a colleague.</summary>
    public Task<IReadOnlyList<Membership>> GroupsAsync(Session session, Turn turn) =>
        doors.Value.OpenedBy is null && turn.Key.Channel is DirectLineChannel.ChannelName or BotFrameworkChannel.ChannelName
            ? Memberships.OfAsync(session, turn.Participant.Id)
            : Memberships.TaughtByAsync(session, turn.Participant.Id);
}
