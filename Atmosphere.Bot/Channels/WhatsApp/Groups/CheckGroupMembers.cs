using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>Has the members of every linked group looked at, one group after the other: what a carrier told while nobody listened is made up for.</summary>
internal sealed class CheckGroupMembers(Database database, IEnumerable<IGroupCarrier> carriers) : IStep<MembersDue>
{
    // A carrier that is asked for everything at once keeps people waiting.
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
