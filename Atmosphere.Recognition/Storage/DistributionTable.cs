using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of media_distributions.</summary>
internal static class DistributionTable
{
    // The one rule of who may have a photo, for sending as for looking. A named face of a person whose guardians consent. Uncertain faces are not for parents. A person who is still connecting counts: its
    // faces can be found from the moment they are associated, and what is recognised then must not be lost.
    internal const string ChildrenOfGuardians =
        """
        FROM faces f
        JOIN persons p ON p.id = f.person_id AND p.state NOT IN ('failed', 'erasing')
        JOIN guardians g ON g.person_id = p.id
        WHERE f.verdict = 'named'
            AND EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.withdrawn_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.participant_id = g.participant_id AND c.withdrawn_at IS NOT NULL)
        """;

    /// <summary>Who shall get the photo and has no delivery of it yet.</summary>
    public static Task<IReadOnlyList<ParticipantId>> MissingAsync(Session session, PhotoId photo) =>
        session.QueryAsync<ParticipantId>(
            $"""
            SELECT DISTINCT g.participant_id {ChildrenOfGuardians} AND f.photo_id = @photo
                AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = @photo AND d.participant_id = g.participant_id)
            ORDER BY g.participant_id
            """,
            new { photo });

    /// <summary>The names of a participant's children in the photo, left to right; none without consent.</summary>
    public static Task<IReadOnlyList<string>> ChildrenAsync(Session session, PhotoId photo, ParticipantId participant) =>
        session.QueryAsync<string>(
            $"SELECT p.name {ChildrenOfGuardians} AND f.photo_id = @photo AND g.participant_id = @participant GROUP BY p.id, p.name ORDER BY MIN(f.x)",
            new { photo, participant });

    /// <returns>False where the participant has a delivery of the photo already.</returns>
    public static async Task<bool> AddAsync(
        Session session, DeliveryId id, PhotoId photo, ParticipantId participant, MediaKey media, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO media_distributions (id, photo_id, participant_id, state, media, created_at)
            VALUES (@id, @photo, @participant, 'pending', @media, @now)
            ON CONFLICT (photo_id, participant_id) DO NOTHING
            """,
            new { id, photo, participant, media, now = now.ToUnixTimeMilliseconds() }) > 0;

    public static Task<DeliveryRow?> FindAsync(Session session, DeliveryId delivery) =>
        session.QuerySingleOrDefaultAsync<DeliveryRow>(
            "SELECT id, photo_id, participant_id, state, media FROM media_distributions WHERE id = @delivery", new { delivery });

    /// <summary>Moves an open delivery on; one that has ended stays as it is.</summary>
    /// <returns>False where it stays as it is.</returns>
    public static async Task<bool> SetAsync(Session session, DeliveryId delivery, DeliveryState state, string? error, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = @to, error = @error, sent_at = CASE WHEN @to = 'sent' THEN @now ELSE NULL END
            WHERE id = @delivery AND state IN ('pending', 'sending')
            """,
            new { delivery, to = state.ToString().ToLowerInvariant(), error, now = now.ToUnixTimeMilliseconds() }) > 0;
}

internal sealed record DeliveryRow
{
    public DeliveryId Id { get; init; }

    public PhotoId PhotoId { get; init; }

    public ParticipantId ParticipantId { get; init; }

    public DeliveryState State { get; init; }

    public MediaKey? Media { get; init; }
}
