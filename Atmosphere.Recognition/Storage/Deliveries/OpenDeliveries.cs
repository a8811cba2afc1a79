using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Deliveries that need an operator's decision: unknown, failed or held.</summary>
internal static class OpenDeliveries
{
    private const string Undecided = "(state IN ('unknown', 'failed') OR (state = 'pending' AND held_at IS NOT NULL))";

    /// <summary>Newest first.</summary>
    /// <param name="state">Null: any.</param>
    public static Task<IReadOnlyList<OpenDelivery>> ListAsync(Session session, DeliveryState? state, int limit) =>
        session.QueryAsync<OpenDelivery>(
            $"""
            SELECT id, photo_id, participant_id, state, error, created_at FROM media_distributions
            WHERE {Undecided} AND (CAST(@state AS TEXT) IS NULL OR state = @state) ORDER BY created_at DESC, id DESC LIMIT @limit
            """,
            new { state = state?.ToString().ToLowerInvariant(), limit });

    /// <summary>Reopens a delivery as if it had never been sent.</summary>
    /// <returns>False if there is nothing to decide any more.</returns>
    public static async Task<bool> ReopenAsync(Session session, DeliveryId delivery) =>
        await session.ExecuteAsync(
            $"UPDATE media_distributions SET state = 'pending', error = NULL, vendor_id = NULL, held_at = NULL WHERE id = @delivery AND media IS NOT NULL AND {Undecided}",
            new { delivery }) > 0;

    /// <summary>Drops a delivery: it is never sent.</summary>
    /// <returns>False if there is nothing to decide any more.</returns>
    public static async Task<bool> DropAsync(Session session, DeliveryId delivery) =>
        await session.ExecuteAsync(
            $"UPDATE media_distributions SET state = 'withheld', error = 'An operator dropped it.', held_at = NULL WHERE id = @delivery AND {Undecided}",
            new { delivery }) > 0;
}

/// <summary>A delivery that needs an operator's decision.</summary>
public sealed record OpenDelivery
{
    public DeliveryId Id { get; init; }

    public PhotoId PhotoId { get; init; }

    public ParticipantId ParticipantId { get; init; }

    public DeliveryState State { get; init; }

    /// <summary>A sentence without personal data.</summary>
    public string? Error { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt { get; init; }
}
