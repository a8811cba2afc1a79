using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Deliveries that wait for the evening album, or are part of one.</summary>
internal static class AlbumDeliveries
{
    /// <summary>SQL: deliveries that wait for the evening album.</summary>
    internal const string WaitingForEvening =
        """
        SELECT d.id, d.participant_id, d.created_at, g.time_zone FROM media_distributions d
        JOIN photos p ON p.id = d.photo_id JOIN groups g ON g.id = p.group_id
        WHERE d.album = 'waiting' AND d.state = 'pending'
        """;

    /// <summary>Deliveries that wait for the evening album.</summary>
    public static Task<IReadOnlyList<WaitingDelivery>> WaitingAsync(Session session) => session.QueryAsync<WaitingDelivery>(WaitingForEvening);

    /// <summary>Assigns waiting deliveries to an album.</summary>
    /// <returns>False if none of them is waiting any more.</returns>
    public static async Task<bool> CloseAlbumAsync(Session session, DeliveryId album, IEnumerable<DeliveryId> deliveries) =>
        await session.ExecuteAsync(
            "UPDATE media_distributions SET album = @album WHERE id IN @deliveries AND album = 'waiting' AND state = 'pending'",
            new { album, deliveries = deliveries.Select(delivery => delivery.Value).ToList() }) > 0;

    /// <summary>Releases the waiting deliveries of a participant for immediate sending.</summary>
    public static Task<IReadOnlyList<DeliveryId>> ReleaseWaitingAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<DeliveryId>(
            "UPDATE media_distributions SET album = NULL WHERE participant_id = @participant AND album = 'waiting' AND state = 'pending' RETURNING id",
            new { participant });

    /// <summary>The photos of an album that are not sent yet.</summary>
    public static Task<IReadOnlyList<PhotoId>> OfAlbumAsync(Session session, DeliveryId album) =>
        session.QueryAsync<PhotoId>(
            "SELECT photo_id FROM media_distributions WHERE album = @album AND state = 'pending' ORDER BY created_at, id", new { album });

    /// <summary>Dissolves an album: its photos are sent one by one.</summary>
    /// <returns>Those not sent yet, in the order in which they were received.</returns>
    public static async Task<IReadOnlyList<DeliveryId>> OpenAlbumAsync(Session session, DeliveryId album)
    {
        var deliveries = await session.QueryAsync<DeliveryId>(
            """
            SELECT d.id FROM media_distributions d JOIN photos p ON p.id = d.photo_id
            WHERE d.album = @album AND d.state = 'pending' ORDER BY p.received_at, p.id
            """,
            new { album });
        _ = await session.ExecuteAsync("UPDATE media_distributions SET album = NULL WHERE album = @album", new { album });
        return deliveries;
    }
}

/// <summary>A delivery that waits for the evening album.</summary>
internal sealed record WaitingDelivery
{
    public DeliveryId Id { get; init; }

    public ParticipantId ParticipantId { get; init; }

    public long CreatedAt { get; init; }

    public string TimeZone { get; init; } = "";
}
