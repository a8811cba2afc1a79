using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>
/// Updates a group's members from the carrier's list. If all ids on the list can be resolved, members missing from it have left; otherwise
/// a missing member may be a hidden one, so only new members are added.
/// </summary>
internal sealed class RefreshGroupMembers(Database database, IEnumerable<IGroupCarrier> carriers, MemberHashes identities, TimeProvider clock, ILogger<RefreshGroupMembers> log)
    : IStep<GroupMembersWanted>
{
    // The carrier's clock may be behind ours: a member who leaves right now must not seem to have left before the list.
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(1);

    public async Task<Effects> HandleAsync(GroupMembersWanted message, CancellationToken cancellation)
    {
        var group = await database.ReadAsync(session => ChatGroups.FindAsync(session, message.Group), cancellation);
        if (group is null or { EndedAt: not null } || GroupChat.Of(group) is not { } chat)
            return Effects.None;

        var carrier = carriers.Single(carrier => carrier.Channel == group.Channel);
        var at = clock.GetUtcNow() - _margin;
        var members = await carrier.MembersAsync(chat, cancellation);
        // The bot itself is a member, so an empty list means that the carrier does not know.
        if (members is not { Count: > 0 })
        {
            if (members is not null)
                log.LogWarning("The carrier lists nobody in group {Group}; its members stay as they are", group.Id);
            return Effects.None;
        }

        var numbers = new List<(ChatMember Member, string? Number)>();
        foreach (var member in members)
            numbers.Add((member, await identities.NumberIfToldAsync(carrier, null, member.Id, cancellation)));
        return Effects.None.Change(async (session, outbox) =>
        {
            await TakeAsync(session, group, carrier, numbers, at);
            _ = await VerifiedGroup.GoOnAsync(session, outbox, group.Id);
        });
    }

    private async Task TakeAsync(Session session, ChatGroup group, IGroupCarrier carrier, List<(ChatMember Member, string? Number)> members, DateTimeOffset at)
    {
        var hashes = new HashSet<string>();
        var hidden = 0;
        foreach (var (member, number) in members)
        {
            if (await identities.OfAsync(session, group.Id, carrier, member.Id, number) is not { } hash)
            {
                hidden++;
                continue;
            }

            hashes.Add(hash);
            if (member.Alias is { } alias && number is not null)
                await identities.RememberAsync(session, group.Id, alias, number);
        }

        if (hidden == 0)
        {
            await GroupMembers.SetAsync(session, group.Id, hashes, at, carrier.Way);
            return;
        }

        await GroupMembers.JoinAsync(session, group.Id, hashes, at, carrier.Way);
        await GroupNotifications.MembersHiddenAsync(session, group.Id, hidden, members.Count, clock.GetUtcNow());
    }
}
