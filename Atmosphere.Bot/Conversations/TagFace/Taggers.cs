using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>Who may say who is who: a group's teachers. On a machine that nobody reaches from outside, every member, so that it can be tried.</summary>
internal sealed class Taggers(IOptions<PublicDoors> doors)
{
    /// <summary>The groups whose faces somebody may see and name; none: they are no colleague.</summary>
    public Task<IReadOnlyList<Membership>> GroupsAsync(Session session, Turn turn) =>
        doors.Value.OpenedBy is null && turn.Key.Channel is DirectLineChannel.ChannelName or BotFrameworkChannel.ChannelName
            ? Memberships.OfAsync(session, turn.Participant.Id)
            : Memberships.TaughtByAsync(session, turn.Participant.Id);
}
