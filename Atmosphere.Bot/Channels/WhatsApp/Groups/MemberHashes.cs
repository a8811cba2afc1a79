using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>Who is behind the ids of a carrier.</summary>
internal static class MemberHashes
{
    /// <returns>The number; null where the carrier does not tell, or cannot be asked now.</returns>
    public static async Task<string?> NumberAsync(IGroupCarrier carrier, string id, CancellationToken cancellation)
    {
        try
        {
            return await carrier.NumberAsync(id, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or TryLaterException)
        {
            return null;
        }
    }

    /// <summary>Remembers what was told, and finds what was told before.</summary>
    /// <param name="number">As the carrier tells now; null: it does not.</param>
    /// <returns>The hash of the address; null where nobody ever told.</returns>
    public static async Task<string?> OfAsync(Session session, GroupId group, IGroupCarrier carrier, string id, string? number)
    {
        if (number is null)
            return await GroupAliases.FindAsync(session, group, session.Key.HashOf(id));
        var hash = session.Key.HashOf(number);
        if (carrier.Hides(id))
            await GroupAliases.RememberAsync(session, group, session.Key.HashOf(id), hash);
        return hash;
    }
}
