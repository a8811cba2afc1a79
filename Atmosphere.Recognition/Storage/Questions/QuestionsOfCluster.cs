using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of questions by the cluster that they are about.</summary>
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

    /// <summary>The questions that wait for an answer about a cluster, oldest first; one whose face moved to another cluster went with it.</summary>
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

    /// <summary>The question is about all faces of the cluster.</summary>
    public static Task SetAsync(Session session, QuestionId question, ClusterId cluster) =>
        session.ExecuteAsync("UPDATE questions SET cluster_id = @cluster WHERE id = @question", new { cluster, question });

    /// <summary>The question is about the cluster that its face is in now, if it is in one.</summary>
    public static Task FollowFaceAsync(Session session, QuestionId question) =>
        session.ExecuteAsync(
            """
            UPDATE questions SET cluster_id = COALESCE((SELECT f.cluster_id FROM cluster_faces f WHERE f.face_id = questions.face_id), cluster_id)
            WHERE id = @question
            """,
            new { question });

    /// <summary>A question that stays undone is about its one face only.</summary>
    public static Task LeaveAsync(Session session, QuestionId question) =>
        session.ExecuteAsync("UPDATE questions SET cluster_id = NULL WHERE id = @question AND state = 'undone'", new { question });

    /// <summary>
    /// Whether nobody is to be asked about a cluster: colleagues said that it is no person or a visitor, or that it cannot be told; or they said who
    /// it is, and its faces are about to get that name.
    /// </summary>
    public static async Task<bool> IsAnsweredAsync(Session session, ClusterId cluster) =>
        (await QuestionTable.ListAsync(
            session,
            $"""
            WHERE state = 'decided' AND cluster_id IS NOT NULL
                AND (answer <> 'person' OR (person_id IS NOT NULL AND decided_at IS NOT NULL AND finalized_at IS NULL)) AND {OfCluster}
            """,
            new { cluster })).Count > 0;

    /// <summary>Faces of the same cluster that could be shown in place of the question's, the largest first; none that are asked about already.</summary>
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

    /// <summary>Questions that are open or decided about a face or its cluster.</summary>
    public static Task<IReadOnlyList<QuestionRow>> OpenOrDecidedAsync(Session session, FaceId face, ClusterId? cluster) =>
        QuestionTable.ListAsync(
            session,
            "WHERE kind <> 'identified' AND state IN ('asked', 'voting', 'decided') AND (face_id = @face OR cluster_id = @cluster)",
            new { face, cluster = cluster?.Value });

    /// <summary>Of clusters whose question is decided, faces that stayed without a name and were not asked about since: one a cluster.</summary>
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
