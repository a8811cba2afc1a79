using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>Starts a member check of every linked group, one after the other, to make up for events missed during a stop.</summary>
internal sealed class CheckGroupMembers(Database database, IEnumerable<IGroupCarrier> carriers) : IStep<MembersDue>
{
    // Querying all groups at once would slow the carrier down for its users.
    private static readonly TimeSpan _apart = TimeSpan.FromSeconds(15);

    public async Task<Effects> HandleAsync(MembersDue message, CancellationToken cancellation)
    {
        var asked = carriers.Where(carrier => carrier.ListsMembers).Select(carrier => carrier.Channel).ToHashSet();
        var groups = (await database.ReadAsync(ChatGroups.ListAsync, cancellation))
            .Where(group => group is { Address: not null, EndedAt: null, Channel: { } channel } && asked.Contains(channel));
        var effects = Effects.None;
        foreach (var (index, group) in groups.Index())
            effects.Send(new GroupMembersWanted(group.Id), index * _apart);
        return effects;
    }
}
