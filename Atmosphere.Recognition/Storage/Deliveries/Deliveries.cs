using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>What may still be seen of photos that were sent.</summary>
public static class Deliveries
{
    /// <summary>
    /// Whether a child of the recipient is named in the delivered photo, consent for it still stands and nobody withheld it; true for what is no delivery of
    /// a group photo.
    /// </summary>
    public static async Task<bool> MayBeSeenAsync(Session session, DeliveryId delivery) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"""
            SELECT COUNT(*) FROM media_distributions d
            WHERE d.id = @delivery AND (d.state = 'withheld' OR NOT EXISTS (
                SELECT 1 {DistributionTable.ChildrenOfGuardians} AND f.photo_id = d.photo_id AND g.participant_id = d.participant_id))
            """,
            new { delivery = delivery.Value }) == 0;

    /// <summary>Whether it is a delivery of a group photo.</summary>
    public static async Task<bool> IsOneAsync(Session session, DeliveryId delivery) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM media_distributions WHERE id = @delivery", new { delivery = delivery.Value }) > 0;

    /// <summary>Remembers under which id the channel sends the photo; nothing where it is no delivery of a group photo.</summary>
    public static Task SentAsAsync(Session session, DeliveryId delivery, string vendorId) =>
        session.ExecuteAsync("UPDATE media_distributions SET vendor_id = @vendorId WHERE id = @delivery", new { delivery = delivery.Value, vendorId });

    /// <summary>Why the channel does not have the photo, for whoever ends the delivery; nothing where it is no delivery of a group photo.</summary>
    /// <param name="reason">A sentence without personal data.</param>
    public static Task FailedForAsync(Session session, DeliveryId delivery, string reason) =>
        session.ExecuteAsync("UPDATE media_distributions SET error = @reason WHERE id = @delivery AND state = 'sending'", new { delivery = delivery.Value, reason });

    /// <summary>The recipient has written: what waited for it is on its way again.</summary>
    /// <param name="among">Ids of what waits; only deliveries of group photos count.</param>
    /// <returns>Those that are on their way again.</returns>
    public static async Task<IReadOnlyList<DeliveryId>> ReleaseAsync(Session session, IEnumerable<DeliveryId> among)
    {
        var released = new List<DeliveryId>();
        foreach (var delivery in among)
        {
            if (await session.ExecuteAsync(
                "UPDATE media_distributions SET held_at = NULL WHERE id = @id AND state IN ('pending', 'sending')", new { id = delivery.Value }) > 0)
                released.Add(delivery);
        }

        return released;
    }
}
