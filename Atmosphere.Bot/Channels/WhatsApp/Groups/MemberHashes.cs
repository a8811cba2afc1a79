using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>Resolves a carrier's ids to address hashes.</summary>
internal static class MemberHashes
{
    /// <returns>The number; null if the carrier does not tell it or cannot be queried now.</returns>
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

    /// <summary>Stores a resolved id, or finds one that was resolved before.</summary>
    /// <param name="number">The number told now; null: none.</param>
    /// <returns>The hash of the address; null if it was never told.</returns>
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
