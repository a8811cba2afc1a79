using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Reads photos for operators.</summary>
internal static class OperatorPhotoTable
{
    private const string Entry =
        $"""
        SELECT p.id, p.group_id, p.state, p.received_at, p.decided_at, p.error,
            (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id) AS faces,
            (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id AND f.{Rules.FaceIsNamed}) AS named,
            (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id) AS deliveries,
            (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id AND d.{Rules.PhotoIsReceived}) AS sent
        FROM photos p
        """;

    public static async Task<IReadOnlyList<PhotoEntry>> ListAsync(Session session, PhotoState? state, GroupId? group, int limit)
    {
        var filter = new { state = state?.ToString().ToLowerInvariant(), group = group?.Value, limit };
        return await session.QueryAsync<PhotoEntry>(
            $"{Entry} WHERE (CAST(@state AS TEXT) IS NULL OR p.state = @state) AND (CAST(@group AS TEXT) IS NULL OR p.group_id = @group) ORDER BY p.received_at DESC, p.id DESC LIMIT @limit",
            filter);
    }

    /// <summary>The ids of the photos in a state that have not expired, oldest first.</summary>
    public static Task<IReadOnlyList<PhotoId>> IdsAsync(Session session, PhotoState state) =>
        session.QueryAsync<PhotoId>(
            "SELECT id FROM photos WHERE state = @state AND expired_at IS NULL ORDER BY received_at, id", new { state = state.ToString().ToLowerInvariant() });

    /// <returns>Null if there is no such photo.</returns>
    public static Task<PhotoEntry?> FindAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<PhotoEntry>($"{Entry} WHERE p.id = @photo", new { photo });

    /// <returns>Null if there is no such photo.</returns>
    public static Task<PhotoFile?> FileAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<PhotoFile>(
            "SELECT width, height, media, (SELECT COUNT(*) FROM exif e WHERE e.photo_id = p.id) AS exif FROM photos p WHERE id = @photo", new { photo });

    /// <summary>The steps that the photo passed, in order of time.</summary>
    public static Task<IReadOnlyList<PhotoStepEntry>> StepsAsync(Session session, PhotoId photo) =>
        session.QueryAsync<PhotoStepEntry>("SELECT step, outcome, error, ended_at FROM photo_steps WHERE photo_id = @photo ORDER BY ended_at, step", new { photo });

    /// <summary>The faces of the photo, left to right.</summary>
    public static Task<IReadOnlyList<FaceEntry>> FacesAsync(Session session, PhotoId photo) =>
        session.QueryAsync<FaceEntry>("SELECT id, verdict, person_id, similarity FROM faces WHERE photo_id = @photo ORDER BY x, y", new { photo });

    /// <summary>The deliveries of the photo, in the order of creation.</summary>
    public static Task<IReadOnlyList<DeliveryEntry>> DeliveriesAsync(Session session, PhotoId photo) =>
        session.QueryAsync<DeliveryEntry>(
            "SELECT id, participant_id, state, error, sent_at FROM media_distributions WHERE photo_id = @photo ORDER BY created_at, id", new { photo });

    /// <param name="photo">Only this photo; null: all.</param>
    public static Task<IReadOnlyList<NotificationEntry>> NotificationsAsync(Session session, PhotoId? photo, int limit) =>
        session.QueryAsync<NotificationEntry>(
            """
            SELECT number, kind, photo_id, text, created_at FROM notifications
            WHERE CAST(@photo AS TEXT) IS NULL OR photo_id = @photo ORDER BY number DESC LIMIT @limit
            """,
            new { photo = photo?.Value, limit });
}
