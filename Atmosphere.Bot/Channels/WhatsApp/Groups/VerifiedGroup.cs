using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>Lets the photos of a group go on that waited, after an older copy was restored, until its members were known.</summary>
internal static class VerifiedGroup
{
    /// <returns>The number of deliveries that go on; none if the group was not waiting.</returns>
    public static async Task<int> GoOnAsync(Session session, IOutbox outbox, GroupId group)
    {
        if (!await UnverifiedGroups.VerifiedAsync(session, group))
            return 0;
        var deliveries = await Deliveries.WaitingInAsync(session, group);
        foreach (var delivery in deliveries)
            await outbox.SendAsync(session, new SendMedia(delivery));
        return deliveries.Count;
    }
}
