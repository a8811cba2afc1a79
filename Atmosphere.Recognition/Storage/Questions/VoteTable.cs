using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of face_tags: what people say about faces.</summary>
internal static class VoteTable
{
    /// <summary>Somebody is forgotten: so is what they said.</summary>
    /// <returns>How many votes that were.</returns>
    public static Task<int> ForgetAsync(Session session, string voter) =>
        session.ExecuteAsync("DELETE FROM face_tags WHERE voter = @voter OR voter LIKE @voter || ' not %'", new { voter });

    /// <summary>Votes on faces that are gone.</summary>
    public static DueRows Due { get; } = new(
        "face_tags",
        """
        at <= @before AND photo_id IS NULL AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = face_tags.face_id)
            AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.id = face_tags.face_id)
            AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.face_id = face_tags.face_id)
        """);

    /// <summary>
    /// Lifts what colleagues had said against the name that is decided now. What guardians say of their own child is about one photo, and stays.
    /// </summary>
    public static Task LiftDenialsAsync(Session session, FaceId face, PersonId person) =>
        session.ExecuteAsync(
            """
            DELETE FROM face_tags WHERE verdict = 'is-not' AND person_id = @person
                AND (face_id = @face OR face_id IN (SELECT c.face_id FROM cluster_faces c WHERE c.cluster_id = (SELECT o.cluster_id FROM cluster_faces o WHERE o.face_id = @face)))
                AND (voter LIKE '% not ' || @person
                    OR voter IN (SELECT t.voter FROM face_tags t WHERE t.face_id = @face AND t.verdict = 'is' AND t.person_id = @person AND t.photo_id IS NULL))
                AND NOT EXISTS (SELECT 1 FROM guardians g WHERE g.person_id = @person AND face_tags.voter = 'participant:' || g.participant_id)
            """,
            new { face, person });

    /// <summary>Somebody says that a face is not a person. Repeated, it changes nothing.</summary>
    public static Task DenyAsync(Session session, FaceId face, PersonId person, string voter, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES (@face, @voter, 'is-not', @person, @at)
            ON CONFLICT (face_id, voter) DO UPDATE SET verdict = excluded.verdict, person_id = excluded.person_id, at = excluded.at
            """,
            new { face, person, voter, at = now.ToUnixTimeMilliseconds() });

    /// <summary>The votes for a name that turned out to be wrong do not count any more.</summary>
    public static Task ForgetAsync(Session session, FaceId face, PersonId person) =>
        session.ExecuteAsync("DELETE FROM face_tags WHERE face_id = @face AND person_id = @person AND verdict = 'is'", new { face, person });

    /// <summary>How many say the same of a face, the most first.</summary>
    public static Task<IReadOnlyList<VoteCount>> CountAsync(Session session, FaceId face) =>
        session.QueryAsync<VoteCount>(
            """
            SELECT t.verdict, t.person_id, COUNT(*) AS number, SUM(CASE WHEN g.person_id IS NULL THEN 1 ELSE 0 END) AS of_others FROM face_tags t
            LEFT JOIN guardians g ON g.person_id = t.person_id AND t.voter = 'participant:' || g.participant_id
            WHERE t.face_id = @face AND t.verdict <> 'is-not' AND t.photo_id IS NULL
            GROUP BY t.verdict, t.person_id ORDER BY number DESC, t.verdict, t.person_id
            """,
            new { face });
}

/// <summary>How many say one thing of a face.</summary>
internal sealed record VoteCount
{
    /// <summary>is, nobody, visitor, cannot-tell.</summary>
    public string Verdict { get; init; } = "";

    public string PersonId { get; init; } = "";

    public long Number { get; init; }

    /// <summary>Of them, by whoever is no guardian of the person.</summary>
    public long OfOthers { get; init; }
}
