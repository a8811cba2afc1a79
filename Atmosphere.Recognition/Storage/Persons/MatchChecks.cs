using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// Whether somebody who knows a person has looked at the first faces that were matched with them. Until then nothing is delivered, if the group
/// asks for it: groups of children do, unless an operator says otherwise, except the playground's.
/// </summary>
public static class MatchChecks
{
    /// <summary>So many matches are shown; with fewer somebody is asked after <see cref="Patience"/>.</summary>
    internal const int Enough = 3;

    /// <summary>SQL: the matches of person p in group gr may be delivered.</summary>
    internal const string Passed = $"({Asks} = 0 OR p.matches_checked_at IS NOT NULL)";

    private const string Asks = "COALESCE(gr.checks_matches, CASE WHEN gr.kind = 'children' THEN 1 ELSE 0 END)";

    // A person who must be confirmed first is asked about afterwards.
    private const string Open =
        $"""
        FROM persons p JOIN groups gr ON gr.id = p.group_id AND gr.{Rules.GroupIsActive} AND (gr.confirms = 0 OR p.confirmed_at IS NOT NULL)
        WHERE NOT {Passed} AND p.{Rules.PersonIsLiving}
            AND NOT EXISTS (SELECT 1 FROM held_faces h WHERE h.person_id = p.id AND h.kind = '{HeldFace.OfMatches}')
        """;

    private const string Matches =
        $"""
        FROM faces f JOIN photos ph ON ph.id = f.photo_id AND ph.media IS NOT NULL AND ph.expired_at IS NULL
        WHERE f.person_id = p.id AND f.{Rules.FaceIsNamed} AND f.decided_at IS NOT NULL
        """;

    /// <summary>How long the first match waits for more.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromHours(1);

    /// <summary>Whether the person's matches wait until somebody has looked.</summary>
    public static async Task<bool> AreUncheckedAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"SELECT COUNT(*) FROM persons p JOIN groups gr ON gr.id = p.group_id WHERE p.id = @person AND NOT {Passed}", new { person }) > 0;

    /// <summary>Whether somebody must be asked and nobody has been.</summary>
    internal static async Task<bool> IsOpenAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) {Open} AND p.id = @person", new { person }) > 0;

    /// <summary>The persons named in a photo about whom somebody must be asked, if they have enough matches.</summary>
    internal static Task<IReadOnlyList<PersonId>> DueAsync(Session session, PhotoId photo) =>
        session.QueryAsync<PersonId>(
            $"""
            SELECT p.id {Open} AND (SELECT COUNT(*) {Matches}) >= {Enough}
                AND EXISTS (SELECT 1 FROM faces o WHERE o.photo_id = @photo AND o.person_id = p.id AND o.{Rules.FaceIsNamed})
            ORDER BY p.id
            """,
            new { photo });

    /// <summary>The persons about whom somebody must be asked and whose first match was before a time.</summary>
    internal static Task<IReadOnlyList<PersonId>> DueAsync(Session session, DateTimeOffset before) =>
        session.QueryAsync<PersonId>(
            $"SELECT p.id {Open} AND EXISTS (SELECT 1 {Matches} AND f.decided_at <= @before) ORDER BY p.id", new { before = before.ToUnixTimeMilliseconds() });

    /// <summary>The person's first matches whose photo is kept, the earliest first.</summary>
    internal static Task<IReadOnlyList<FaceId>> FirstAsync(Session session, PersonId person) =>
        session.QueryAsync<FaceId>($"SELECT f.id FROM persons p, faces f WHERE p.id = @person AND f.id IN (SELECT f.id {Matches}) ORDER BY f.decided_at, f.id LIMIT {Enough}", new { person });

    /// <summary>The faces that still have the person's name, with their photos.</summary>
    internal static async Task<IReadOnlyList<(FaceId Face, PhotoId Photo)>> NamedAsync(Session session, PersonId person, IReadOnlyList<FaceId> faces) =>
        [.. (await session.QueryAsync<Row>(
            $"SELECT id, photo_id FROM faces WHERE person_id = @person AND {Rules.FaceIsNamed} AND id IN @faces ORDER BY id",
            new { person, faces = faces.Select(face => face.Value) })).Select(row => (row.Id, row.PhotoId))];

    /// <summary>From now on the person's matches are delivered.</summary>
    internal static Task PassAsync(Session session, PersonId person, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE persons SET matches_checked_at = COALESCE(matches_checked_at, @at) WHERE id = @person", new { person, at = now.ToUnixTimeMilliseconds() });

    private sealed record Row
    {
        public FaceId Id { get; init; }

        public PhotoId PhotoId { get; init; }
    }
}
