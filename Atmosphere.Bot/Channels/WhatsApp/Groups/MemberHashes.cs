using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>
/// Resolves a carrier's ids to numbers and address hashes. A hidden id and its number are one identity: what the event says counts first,
/// then what was told before, then the carrier's answer.
/// </summary>
internal sealed class MemberHashes(Database database, TimeProvider clock)
{
    /// <returns>The number; null if nobody tells it.</returns>
    /// <exception cref="HttpRequestException">The carrier did not answer.</exception>
    /// <exception cref="TryLaterException">The carrier cannot be queried now.</exception>
    public async Task<string?> NumberAsync(IGroupCarrier carrier, ChatEvent? told, string id, CancellationToken cancellation)
    {
        if (!carrier.Hides(id))
            return await carrier.NumberAsync(id, cancellation);
        return told?.Numbers.GetValueOrDefault(id)
            ?? await database.ReadAsync(session => ParticipantAliases.AddressAsync(session, session.Key.HashOf(id)), cancellation)
            ?? await carrier.NumberAsync(id, cancellation);
    }

    /// <returns>The number; null if nobody tells it now.</returns>
    public async Task<string?> NumberIfToldAsync(IGroupCarrier carrier, ChatEvent? told, string id, CancellationToken cancellation)
    {
        try
        {
            return await NumberAsync(carrier, told, id, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or TryLaterException)
        {
            return null;
        }
    }

    /// <summary>Stores a resolved id, or finds one that was resolved before.</summary>
    /// <param name="number">The number told now; null: none.</param>
    /// <returns>The hash of the address; null if it was never told.</returns>
    public async Task<string?> OfAsync(Session session, GroupId group, IGroupCarrier carrier, string id, string? number)
    {
        if (number is null)
            return await GroupAliases.FindAsync(session, group, session.Key.HashOf(id));
        if (carrier.Hides(id))
            await RememberAsync(session, group, id, number);
        return session.Key.HashOf(number);
    }

    /// <summary>Stores every pair of ids that an event names.</summary>
    /// <param name="group">The group of the event; null: a private chat.</param>
    public async Task RememberAsync(Session session, GroupId? group, ChatEvent told)
    {
        foreach (var (id, number) in told.Numbers)
            await RememberAsync(session, group, id, number);
    }

    /// <param name="group">Null: a private chat.</param>
    public async Task RememberAsync(Session session, GroupId? group, string id, string number)
    {
        var alias = session.Key.HashOf(id);
        if (group is { } known)
            await GroupAliases.RememberAsync(session, known, alias, session.Key.HashOf(number));
        await ParticipantAliases.RememberAsync(session, WhatsAppAddress.Channel, alias, number, clock.GetUtcNow());
    }
}
