using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Questions by cluster.</summary>
internal static class QuestionsOfCluster
{
    private const string OfCluster =
        """
        id IN (
            SELECT q.id FROM cluster_faces f JOIN questions q ON q.face_id = f.face_id WHERE f.cluster_id = @cluster
            UNION SELECT q.id FROM questions q
                WHERE q.cluster_id = @cluster AND NOT EXISTS (SELECT 1 FROM cluster_faces f WHERE f.face_id = q.face_id)
            UNION SELECT q.id FROM clusters c JOIN questions q ON q.cluster_id = c.id
                WHERE c.merged_into = @cluster AND NOT EXISTS (SELECT 1 FROM cluster_faces f WHERE f.face_id = q.face_id))
        """;

    /// <summary>The open questions about a cluster, oldest first. A question whose face has moved to another one is detached.</summary>
    public static async Task<IReadOnlyList<QuestionRow>> OpenAsync(Session session, ClusterId cluster)
    {
        _ = await session.ExecuteAsync(
            """
            UPDATE questions SET cluster_id = NULL WHERE cluster_id = @cluster AND state IN ('asked', 'voting')
                AND EXISTS (SELECT 1 FROM cluster_faces f WHERE f.face_id = questions.face_id AND f.cluster_id <> @cluster)
            """,
            new { cluster });
        return await QuestionTable.ListAsync(session, $"WHERE state IN ('asked', 'voting') AND {OfCluster} ORDER BY asked_at, id", new { cluster });
    }

    /// <summary>Makes the question apply to all faces of the cluster.</summary>
    public static Task SetAsync(Session session, QuestionId question, ClusterId cluster) =>
        session.ExecuteAsync("UPDATE questions SET cluster_id = @cluster WHERE id = @question", new { cluster, question });

    /// <summary>Makes the question apply to its face's current cluster, if it is in one.</summary>
    public static Task FollowFaceAsync(Session session, QuestionId question) =>
        session.ExecuteAsync(
            """
            UPDATE questions SET cluster_id = COALESCE((SELECT f.cluster_id FROM cluster_faces f WHERE f.face_id = questions.face_id), cluster_id)
            WHERE id = @question
            """,
            new { question });

    /// <summary>Limits a question that stays undone to its own face.</summary>
    public static Task LeaveAsync(Session session, QuestionId question) =>
        session.ExecuteAsync("UPDATE questions SET cluster_id = NULL WHERE id = @question AND state = 'undone'", new { question });

    /// <summary>
    /// Whether a cluster needs no question: colleagues said that it is no person or a visitor, or that they cannot tell; or they named it,
    /// and its faces are about to get the name.
    /// </summary>
    public static async Task<bool> IsAnsweredAsync(Session session, ClusterId cluster) =>
        (await QuestionTable.ListAsync(
            session,
            $"""
            WHERE state = 'decided' AND cluster_id IS NOT NULL
                AND (answer <> 'person' OR (person_id IS NOT NULL AND decided_at IS NOT NULL AND finalized_at IS NULL)) AND {OfCluster}
            """,
            new { cluster })).Count > 0;

    /// <summary>
    /// Faces of the same cluster that the question could show instead, largest first, without faces that have a question.
    /// </summary>
    public static Task<IReadOnlyList<FaceOfCluster>> OtherFacesAsync(Session session, QuestionRow question) =>
        session.QueryAsync<FaceOfCluster>(
            """
            SELECT f.face_id, f.photo_id, f.cluster_id FROM cluster_faces f JOIN bounding_boxes b ON b.face_id = f.face_id
            WHERE f.cluster_id = COALESCE(
                (SELECT o.cluster_id FROM cluster_faces o WHERE o.face_id = @FaceId), (SELECT c.merged_into FROM clusters c WHERE c.id = @ClusterId), @ClusterId)
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = f.face_id AND q.state IN ('asked', 'voting'))
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.cluster_id = f.cluster_id AND q.state IN ('asked', 'voting') AND q.id <> @Id)
            ORDER BY b.height DESC, f.face_id
            """,
            question);

    /// <summary>The open or decided questions about a face or its cluster.</summary>
    public static Task<IReadOnlyList<QuestionRow>> OpenOrDecidedAsync(Session session, FaceId face, ClusterId? cluster) =>
        QuestionTable.ListAsync(
            session,
            "WHERE kind <> 'identified' AND state IN ('asked', 'voting', 'decided') AND (face_id = @face OR cluster_id = @cluster)",
            new { face, cluster = cluster?.Value });

    /// <summary>Unnamed faces, not asked about since, of clusters whose question is decided: one per cluster.</summary>
    public static Task<IReadOnlyList<FaceInPhoto>> UnaskedFacesAsync(Session session, GroupId group) =>
        session.QueryAsync<FaceInPhoto>(
            """
            SELECT MIN(c.face_id) AS face_id, c.photo_id FROM questions q JOIN cluster_faces c ON c.cluster_id = q.cluster_id
            WHERE q.group_id = @group AND q.state = 'decided' AND q.answer = 'person'
                AND EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = q.id)
                AND NOT EXISTS (SELECT 1 FROM questions o WHERE o.cluster_id = q.cluster_id AND o.id <> q.id
                    AND (o.state IN ('asked', 'voting') OR o.asked_at > q.asked_at))
                AND c.face_id = (SELECT MIN(m.face_id) FROM cluster_faces m WHERE m.cluster_id = q.cluster_id)
            GROUP BY c.cluster_id, c.photo_id
            """,
            new { group });
}

/// <summary>A face in a cluster.</summary>
internal sealed record FaceOfCluster
{
    public FaceId FaceId { get; init; }

    public PhotoId PhotoId { get; init; }

    public ClusterId ClusterId { get; init; }
}
