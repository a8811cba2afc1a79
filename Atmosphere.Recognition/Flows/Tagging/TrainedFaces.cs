using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>The rows of trained_faces: what tags taught.</summary>
internal static class TrainedFaces
{
    public const string Sent = "sent";
    public const string Refused = "refused";
    public const string Dropped = "dropped";

    /// <summary>Writes down that a face is about to be sent.</summary>
    /// <returns>False where it was sent before, or is being sent for another question.</returns>
    public static async Task<bool> BeginAsync(Session session, FaceId face, PersonId person, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO trained_faces (face_id, person_id, question_id, state, at) VALUES (@face, @person, @question, 'sending', @at)
            ON CONFLICT (face_id) DO UPDATE SET person_id = excluded.person_id, question_id = excluded.question_id, state = 'sending', at = excluded.at
            WHERE trained_faces.state IN ('refused', 'dropped', 'undone')
                OR (trained_faces.state = 'sending' AND trained_faces.question_id = excluded.question_id)
            """,
            new { face, person, question, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The faces of a question that the collection has, or may have.</summary>
    public static Task<IReadOnlyList<FaceId>> OfQuestionAsync(Session session, QuestionId question) =>
        session.QueryAsync<FaceId>(
            "SELECT face_id FROM trained_faces WHERE question_id = @question AND state IN ('sending', 'sent') ORDER BY face_id", new { question });

    /// <summary>The faces of a person that tags taught, oldest first.</summary>
    public static Task<IReadOnlyList<FaceId>> OfPersonAsync(Session session, PersonId person) =>
        session.QueryAsync<FaceId>("SELECT face_id FROM trained_faces WHERE person_id = @person AND state = 'sent' ORDER BY at, face_id", new { person });

    public static Task EndAsync(Session session, IEnumerable<FaceId> faces, string state, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE trained_faces SET state = @state, at = @at WHERE face_id IN @ids AND state IN ('sending', 'sent') AND state <> @state",
            new { state, at = now.ToUnixTimeMilliseconds(), ids = faces.Select(face => face.Value) });
}
