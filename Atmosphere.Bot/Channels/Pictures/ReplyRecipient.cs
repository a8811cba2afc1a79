using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>The last check before a channel sends a stored picture or file.</summary>
internal static class ReplyRecipient
{
    /// <returns>The recipient of the reply; null if they may not see its picture or file now.</returns>
    public static async Task<ParticipantId?> WhoMaySeeAsync(Session session, StoredReply reply) =>
        reply.Media is { } media
        && await Participants.FindAsync(session, reply.Key.Channel, reply.Key.Address) is { } recipient
        && await PictureRights.MayBeSeenAsync(session, new MediaKey(media), recipient, reply.CreatedAt)
            ? recipient
            : null;
}
