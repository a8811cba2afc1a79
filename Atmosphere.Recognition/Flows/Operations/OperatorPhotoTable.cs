using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>Reads photos for operators.</summary>
internal static class OperatorPhotoTable
{
    private const string Entry =
        """
        SELECT p.id, p.group_id, p.state, p.received_at, p.decided_at, p.error,
            (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id) AS faces,
            (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id AND f.verdict = 'named') AS named,
            (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id) AS deliveries,
            (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('sent', 'delivered', 'read')) AS sent
        FROM photos p
        """;

    public static async Task<IReadOnlyList<PhotoEntry>> ListAsync(Session session, PhotoState? state, GroupId? group, int limit)
    {
        var filter = new { state = state?.ToString().ToLowerInvariant(), group = group?.Value, limit };
        return await session.QueryAsync<PhotoEntry>(
            $"{Entry} WHERE (CAST(@state AS TEXT) IS NULL OR p.state = @state) AND (CAST(@group AS TEXT) IS NULL OR p.group_id = @group) ORDER BY p.received_at DESC, p.id DESC LIMIT @limit",
            filter);
    }

    /// <summary>The ids of the photos in a state whose time to live is not over, oldest first.</summary>
    public static Task<IReadOnlyList<PhotoId>> IdsAsync(Session session, PhotoState state) =>
        session.QueryAsync<PhotoId>(
            "SELECT id FROM photos WHERE state = @state AND expired_at IS NULL ORDER BY received_at, id", new { state = state.ToString().ToLowerInvariant() });

    public static async Task<(PhotoStory Story, MediaKey? File)?> FindAsync(Session session, PhotoId photo)
    {
        if (await session.QuerySingleOrDefaultAsync<PhotoEntry>($"{Entry} WHERE p.id = @photo", new { photo }) is not { } entry)
            return null;

        var row = (await session.QuerySingleOrDefaultAsync<Row>(
            "SELECT width, height, media, (SELECT COUNT(*) FROM exif e WHERE e.photo_id = p.id) AS exif FROM photos p WHERE id = @photo", new { photo }))!;
        var steps = await session.QueryAsync<PhotoStepEntry>(
            "SELECT step, outcome, error, ended_at FROM photo_steps WHERE photo_id = @photo ORDER BY ended_at, step", new { photo });
        var faces = await session.QueryAsync<FaceEntry>(
            "SELECT id, verdict, person_id, similarity FROM faces WHERE photo_id = @photo ORDER BY x, y", new { photo });
        var deliveries = await session.QueryAsync<DeliveryEntry>(
            "SELECT id, participant_id, state, error, sent_at FROM media_distributions WHERE photo_id = @photo ORDER BY created_at, id", new { photo });
        var notifications = await NotificationsAsync(session, photo, int.MaxValue);
        return (new PhotoStory(entry, row.Width, row.Height, false, row.Exif > 0, steps, faces, deliveries, [.. notifications.Reverse()], []), row.Media);
    }

    /// <param name="photo">Of this photo only; null: of all.</param>
    public static Task<IReadOnlyList<NotificationEntry>> NotificationsAsync(Session session, PhotoId? photo, int limit) =>
        session.QueryAsync<NotificationEntry>(
            """
            SELECT number, kind, photo_id, text, created_at FROM notifications
            WHERE CAST(@photo AS TEXT) IS NULL OR photo_id = @photo ORDER BY number DESC LIMIT @limit
            """,
            new { photo = photo?.Value, limit });

    private sealed record Row
    {
        public int? Width { get; init; }

        public int? Height { get; init; }

        public MediaKey? Media { get; init; }

        public int Exif { get; init; }
    }
}
