using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The tables report_photos, report_sightings and report_deliveries: copies of what reports count, which outlive the photos. While a photo
/// is there, its copies follow it: a name that is taken back is not counted.
/// </summary>
internal static class ReportCounts
{
    public static IReadOnlyList<DueRows> Due { get; } =
    [
        new("report_photos", "received_at <= @before"), new("report_sightings", "received_at <= @before"), new("report_deliveries", "created_at <= @before"),
    ];

    /// <summary>Copies what is there and newer than a time. Repeating it changes nothing.</summary>
    public static async Task CopyAsync(Session session, DateTimeOffset since)
    {
        var time = new { since = since.ToUnixTimeMilliseconds() };
        _ = await session.ExecuteAsync(
            $"""
            INSERT INTO report_photos (photo_id, group_id, received_at, faces)
            SELECT i.photo_id, i.group_id, i.received_at, 0 FROM inbox i JOIN groups g ON g.id = i.group_id AND g.{Rules.GroupIsActive} AND g.erasing = 0
            WHERE i.received_at >= @since ON CONFLICT (photo_id) DO NOTHING
            """,
            time);
        _ = await session.ExecuteAsync(
            """
            UPDATE report_photos SET faces = (SELECT p.faces FROM photos p WHERE p.id = report_photos.photo_id)
            WHERE received_at >= @since AND EXISTS (
                SELECT 1 FROM photos p WHERE p.id = report_photos.photo_id AND p.faces IS NOT NULL AND p.faces <> report_photos.faces)
            """,
            time);
        _ = await session.ExecuteAsync(
            $"""
            DELETE FROM report_sightings WHERE received_at >= @since
                AND EXISTS (SELECT 1 FROM photos p WHERE p.id = report_sightings.photo_id AND p.expired_at IS NULL)
                AND NOT EXISTS (
                    SELECT 1 FROM faces f WHERE f.photo_id = report_sightings.photo_id AND f.person_id = report_sightings.person_id AND f.{Rules.FaceIsNamed})
            """,
            time);
        _ = await session.ExecuteAsync(
            $"""
            INSERT INTO report_sightings (photo_id, person_id, group_id, received_at)
            SELECT DISTINCT f.photo_id, c.id, r.group_id, r.received_at FROM report_photos r JOIN faces f ON f.photo_id = r.photo_id AND f.{Rules.FaceIsNamed}
            JOIN persons c ON c.id = f.person_id AND c.group_id = r.group_id AND c.{Rules.PersonIsLiving}
            WHERE r.received_at >= @since ON CONFLICT (photo_id, person_id) DO NOTHING
            """,
            time);
        _ = await session.ExecuteAsync(
            """
            INSERT INTO report_deliveries (delivery_id, photo_id, group_id, created_at, state)
            SELECT d.id, d.photo_id, r.group_id, d.created_at, d.state FROM media_distributions d JOIN report_photos r ON r.photo_id = d.photo_id
            WHERE d.created_at >= @since
            ON CONFLICT (delivery_id) DO UPDATE SET state = excluded.state WHERE report_deliveries.state <> excluded.state
            """,
            time);
    }

    /// <summary>Photos and their faces in a period, by the time of each photo.</summary>
    public static Task<IReadOnlyList<CountedPhoto>> PhotosAsync(Session session, GroupId group, Span span) =>
        session.QueryAsync<CountedPhoto>(
            "SELECT received_at, faces FROM report_photos WHERE group_id = @group AND received_at >= @Start AND received_at < @End",
            new { group, span.Start, span.End });

    /// <summary>The children of a group whose guardians consent, by name; each with whether a photo of the period shows the child.</summary>
    public static Task<IReadOnlyList<SeenChild>> ChildrenAsync(Session session, GroupId group, Span span) =>
        session.QueryAsync<SeenChild>(
            $"""
            SELECT p.id, p.name, CASE WHEN EXISTS (
                SELECT 1 FROM report_sightings s WHERE s.person_id = p.id AND s.received_at >= @Start AND s.received_at < @End) THEN 1 ELSE 0 END AS is_seen
            FROM persons p WHERE p.group_id = @group AND p.state = 'connected'
                AND EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.{Rules.ConsentStands})
            ORDER BY p.name, p.id
            """,
            new { group, span.Start, span.End });

    /// <summary>The number of deliveries in each state.</summary>
    public static async Task<ILookup<string, int>> DeliveriesAsync(Session session, GroupId group, Span span) =>
        (await session.QueryAsync<(string State, int Number)>(
            "SELECT state, COUNT(*) FROM report_deliveries WHERE group_id = @group AND created_at >= @Start AND created_at < @End GROUP BY state",
            new { group, span.Start, span.End })).ToLookup(row => row.State, row => row.Number);

    public static Task<int> AskedAsync(Session session, GroupId group, Span span) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM questions WHERE group_id = @group AND kind <> 'identified' AND asked_at >= @Start AND asked_at < @End",
            new { group, span.Start, span.End });

    public static Task<int> AnsweredAsync(Session session, GroupId group, Span span) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM questions WHERE group_id = @group AND kind <> 'identified' AND state = 'decided' AND decided_at >= @Start AND decided_at < @End",
            new { group, span.Start, span.End });

    /// <summary>Those who voted on questions of the group, by name; null where the name is not known.</summary>
    public static Task<IReadOnlyList<string?>> HelpersAsync(Session session, GroupId group, Span span) =>
        session.QueryAsync<string?>(
            """
            SELECT (SELECT c.name FROM colleagues c WHERE c.voter = t.voter) AS name FROM face_tags t
            WHERE t.at >= @Start AND t.at < @End AND t.verdict <> 'is-not' AND EXISTS (SELECT 1 FROM questions q WHERE q.face_id = t.face_id AND q.group_id = @group)
            GROUP BY t.voter ORDER BY name, t.voter
            """,
            new { group, span.Start, span.End });

    public static async Task<WaitingFigures> WaitingAsync(Session session, GroupId group) => new(
        await WaitingQuestions.CountAsync(session, [group]),
        await session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM persons p JOIN groups g ON g.id = p.group_id WHERE g.id = @group AND g.confirms = 1 AND p.state = 'connected' AND p.confirmed_at IS NULL",
            new { group }),
        await session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM media_distributions d JOIN photos p ON p.id = d.photo_id WHERE p.group_id = @group AND d.state IN ('pending', 'sending')",
            new { group }));
}

/// <summary>A photo as reports count it.</summary>
internal sealed record CountedPhoto
{
    public long ReceivedAt { get; init; }

    public int Faces { get; init; }
}

/// <summary>A registered child, and whether a photo of the period shows the child.</summary>
internal sealed record SeenChild
{
    public PersonId Id { get; init; }

    public string Name { get; init; } = "";

    public bool IsSeen { get; init; }
}
