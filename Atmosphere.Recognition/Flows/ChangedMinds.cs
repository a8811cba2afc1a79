using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows;

/// <summary>Whoever said that a face is not somebody, and says now that it is, says that of all faces that are asked about with it.</summary>
internal static class ChangedMinds
{
    /// <summary>
    /// Lifts what colleagues had said against the name that is decided now. What guardians say of their own child is about one photo, and stays.
    /// </summary>
    public static Task LiftAsync(Session session, QuestionRow question, PersonId person) =>
        session.ExecuteAsync(
            """
            DELETE FROM face_tags WHERE verdict = 'is-not' AND person_id = @person
                AND (face_id = @FaceId OR face_id IN (SELECT c.face_id FROM cluster_faces c WHERE c.cluster_id = (SELECT o.cluster_id FROM cluster_faces o WHERE o.face_id = @FaceId)))
                AND (voter LIKE '% not ' || @person
                    OR voter IN (SELECT t.voter FROM face_tags t WHERE t.face_id = @FaceId AND t.verdict = 'is' AND t.person_id = @person AND t.photo_id IS NULL))
                AND NOT EXISTS (SELECT 1 FROM guardians g WHERE g.person_id = @person AND face_tags.voter = 'participant:' || g.participant_id)
            """,
            new { question.FaceId, person });
}
