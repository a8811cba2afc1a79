using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows;

/// <summary>Questions whose answer turns out to be wrong.</summary>
internal static class UndoneQuestions
{
    /// <summary>Of whom a face is so similar somebody may ask whether it is they: of a hundred strangers one is.</summary>
    private const int LikeEnough = 80;

    /// <summary>The question, if it says still that the face is that person, who is still there; else null.</summary>
    public static Task<UndoneQuestion?> FindAsync(Session session, QuestionId question, PersonId person) =>
        session.QuerySingleOrDefaultAsync<UndoneQuestion>(
            """
            SELECT q.id, q.group_id, q.kind, q.cluster_id, q.face_id, q.photo_id, COALESCE(q.decided_at, q.asked_at) AS since FROM questions q
            JOIN persons p ON p.id = q.person_id AND p.state NOT IN ('failed', 'erasing')
            JOIN groups g ON g.id = q.group_id AND g.ended_at IS NULL
            WHERE q.id = @question AND q.state = 'decided' AND q.answer = 'person' AND q.person_id = @person
                AND (q.kind <> 'identified' OR EXISTS (
                    SELECT 1 FROM faces f WHERE f.id = q.face_id AND f.person_id = @person AND f.verdict = 'named'))
            """,
            new { question, person });

    /// <summary>The votes for a name that turned out to be wrong do not count any more.</summary>
    public static Task ForgetVotesAsync(Session session, UndoneQuestion question, PersonId person) =>
        session.ExecuteAsync("DELETE FROM face_tags WHERE face_id = @FaceId AND person_id = @person AND verdict = 'is'", new { question.FaceId, person });

    /// <returns>False where somebody was quicker.</returns>
    public static async Task<bool> UndoAsync(Session session, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE questions SET state = 'undone', changed_at = CASE WHEN changed_at >= @at THEN changed_at + 1 ELSE @at END
            WHERE id = @question AND state = 'decided'
            """,
            new { question, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Asks once more, in the same post; not about a face that is gone, nor where another question has taken its place.</summary>
    public static async Task AskAgainAsync(Session session, UndoneQuestion question, ClusterId? cluster, DateTimeOffset now)
    {
        _ = await session.ExecuteAsync(
            $"""
            UPDATE questions SET state = 'asked', cluster_id = @cluster, answer = NULL, person_id = NULL, reason = NULL, about_id = NULL, decided_at = NULL, finalized_at = NULL,
                asked_at = @at, changed_at = CASE WHEN changed_at >= @at THEN changed_at + 1 ELSE @at END, reminded_at = NULL,
                kind = CASE WHEN (SELECT COUNT(*) FROM candidates c WHERE c.face_id = questions.face_id AND c.similarity >= {LikeEnough}) > 0 THEN 'which' ELSE 'who' END
            WHERE id = @Id AND state = 'undone'
                AND EXISTS (SELECT 1 FROM faces f JOIN photos p ON p.id = f.photo_id AND p.expired_at IS NULL WHERE f.id = questions.face_id)
                AND NOT EXISTS (
                    SELECT 1 FROM questions o WHERE o.id <> @Id AND o.state IN ('asked', 'voting')
                        AND (o.face_id = questions.face_id OR (@cluster IS NOT NULL AND o.cluster_id = @cluster)))
            """,
            new { question.Id, cluster = cluster?.Value, at = now.ToUnixTimeMilliseconds() });
        // What is not asked again must not keep its cluster from being asked about by others.
        _ = await session.ExecuteAsync("UPDATE questions SET cluster_id = NULL WHERE id = @Id AND state = 'undone'", new { question.Id });
    }
}

internal sealed record UndoneQuestion
{
    public QuestionId Id { get; init; }

    public GroupId GroupId { get; init; }

    public string Kind { get; init; } = "";

    /// <summary>Null: it is about one face.</summary>
    public ClusterId? ClusterId { get; init; }

    /// <summary>The face that is shown.</summary>
    public FaceId FaceId { get; init; }

    public PhotoId PhotoId { get; init; }

    /// <summary>When it was decided; milliseconds since 1970.</summary>
    public long Since { get; init; }
}
