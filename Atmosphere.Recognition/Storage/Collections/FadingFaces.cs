using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Learned faces of children lose weight with age.</summary>
internal static class FadingFaces
{
    private static readonly TimeSpan _halfLife = TimeSpan.FromDays(365);
    private static readonly TimeSpan _askAfter = TimeSpan.FromDays(330);

    /// <summary>The weight of a learned face in the person's reference: of children a face a year older than the newest one counts half.</summary>
    /// <param name="learnedAt">Milliseconds since 1970-01-01 UTC.</param>
    /// <param name="newest">When the person's newest face was learned.</param>
    public static float WeightOf(GroupKind kind, long learnedAt, long newest) =>
        kind == GroupKind.Adults ? 1 : (float)Math.Pow(0.5, (newest - learnedAt) / _halfLife.TotalMilliseconds);

    /// <summary>
    /// Learned children whose newest face is almost a year old, and anybody who lost the learned faces with another recogniser, if the owner
    /// was not asked for new photos since.
    /// </summary>
    public static Task<IReadOnlyList<PhotosWanted>> DueAsync(Session session, DateTimeOffset now) =>
        session.QueryAsync<PhotosWanted>(
            $"""
            SELECT p.id AS person, CASE WHEN EXISTS (SELECT 1 FROM collection_faces c WHERE c.user_id = p.id) THEN 1 ELSE 0 END AS has_face
            FROM persons p JOIN groups g ON g.id = p.group_id AND g.{Rules.GroupIsActive}
            WHERE p.state = 'connected' AND (p.photos_wanted_at IS NULL OR p.photos_wanted_at <= @before)
                AND (
                    (g.kind = '{GroupKinds.Children}' AND (SELECT MAX(c.learned_at) FROM collection_faces c WHERE c.user_id = p.id) <= @before)
                    OR (EXISTS (SELECT 1 FROM collection_users u WHERE u.user_id = p.id) AND NOT EXISTS (SELECT 1 FROM collection_faces c WHERE c.user_id = p.id)))
            ORDER BY p.id
            """,
            new { before = (now - _askAfter).ToUnixTimeMilliseconds() });
}

/// <summary>A person of whom new photos are wanted.</summary>
internal sealed record PhotosWanted
{
    public PersonId Person { get; init; }

    /// <summary>False: nothing of the person is learned any more.</summary>
    public bool HasFace { get; init; }
}
