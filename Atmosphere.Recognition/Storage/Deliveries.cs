using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>What may still be seen of photos that were sent.</summary>
public static class Deliveries
{
    /// <summary>Whether a child of the recipient is named in the delivered photo, and consent for it still stands; true for what is no delivery of a group photo.</summary>
    public static async Task<bool> MayBeSeenAsync(Session session, DeliveryId delivery) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"""
            SELECT COUNT(*) FROM media_distributions d
            WHERE d.id = @delivery AND NOT EXISTS (
                SELECT 1 {DistributionTable.ChildrenOfGuardians} AND f.photo_id = d.photo_id AND g.participant_id = d.participant_id)
            """,
            new { delivery = delivery.Value }) == 0;
}
