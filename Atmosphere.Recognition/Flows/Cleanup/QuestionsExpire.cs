using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Questions that ended, with what was said; votes on faces that are gone; colleagues of whom no vote is left. Who waits for an answer goes with its faces.</summary>
internal sealed class QuestionsExpire(Database database, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    private static readonly string[] _due =
    [
        """
        FROM questions WHERE state IN ('decided', 'refused', 'expired', 'undone') AND changed_at <= @before
            AND NOT (state = 'decided' AND answer <> 'person' AND EXISTS (SELECT 1 FROM cluster_faces f WHERE f.cluster_id = questions.cluster_id))
            AND NOT EXISTS (SELECT 1 FROM colleague_pictures s WHERE s.question_id = questions.id)
        """,
        """
        FROM face_tags WHERE at <= @before AND photo_id IS NULL AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = face_tags.face_id)
            AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.id = face_tags.face_id)
            AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.face_id = face_tags.face_id)
        """,
        "FROM trained_faces WHERE at <= @before AND state IN ('refused', 'dropped', 'undone')",
        "FROM colleagues WHERE COALESCE(enriched_at, 0) <= @before AND NOT EXISTS (SELECT 1 FROM face_tags t WHERE t.voter = colleagues.voter)",
    ];

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - options.Value.Questions;
        var expired = 0;
        foreach (var due in _due)
            expired += await DueRows.DeleteAsync(database, due, before, cancellation);
        return expired;
    }
}
