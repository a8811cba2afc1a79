using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table trained_faces: the faces learned from tags.</summary>
internal static class TrainedFaces
{
    public const string Sent = "sent";
    public const string Refused = "refused";
    public const string Dropped = "dropped";

    /// <summary>Records that a face is about to be sent to the engine.</summary>
    /// <returns>False if it was sent before, is being sent for another question, or was dropped by this question.</returns>
    public static async Task<bool> BeginAsync(Session session, FaceId face, PersonId person, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO trained_faces (face_id, person_id, question_id, state, at) VALUES (@face, @person, @question, 'sending', @at)
            ON CONFLICT (face_id) DO UPDATE SET person_id = excluded.person_id, question_id = excluded.question_id, state = 'sending', at = excluded.at
            WHERE trained_faces.state IN ('refused', 'undone')
                OR (trained_faces.state = 'dropped' AND trained_faces.question_id <> excluded.question_id)
                OR (trained_faces.state = 'sending' AND trained_faces.question_id = excluded.question_id)
            """,
            new { face, person, question, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The faces of a question that are, or may be, in the collection.</summary>
    public static Task<IReadOnlyList<FaceId>> OfQuestionAsync(Session session, QuestionId question) =>
        session.QueryAsync<FaceId>(
            "SELECT face_id FROM trained_faces WHERE question_id = @question AND state IN ('sending', 'sent') ORDER BY face_id", new { question });

    /// <summary>A person's faces learned from tags, oldest first.</summary>
    public static Task<IReadOnlyList<FaceId>> OfPersonAsync(Session session, PersonId person) =>
        session.QueryAsync<FaceId>("SELECT face_id FROM trained_faces WHERE person_id = @person AND state = 'sent' ORDER BY at, face_id", new { person });

    public static Task EndAsync(Session session, IEnumerable<FaceId> faces, string state, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE trained_faces SET state = @state, at = @at WHERE face_id IN @ids AND state IN ('sending', 'sent') AND state <> @state",
            new { state, at = now.ToUnixTimeMilliseconds(), ids = faces.Select(face => face.Value) });

    /// <summary>Those of the faces that are, or may be, in the collection.</summary>
    public static Task<IReadOnlyList<FaceId>> AmongAsync(Session session, IEnumerable<FaceId> faces) =>
        session.QueryAsync<FaceId>(
            "SELECT face_id FROM trained_faces WHERE face_id IN @ids AND state IN ('sending', 'sent')", new { ids = faces.Select(face => face.Value) });

    /// <summary>A person's faces learned from a question and still learned.</summary>
    public static Task<IReadOnlyList<TaughtFace>> TaughtByAsync(Session session, QuestionId question, PersonId person) =>
        session.QueryAsync<TaughtFace>(
            "SELECT face_id, person_id, state, at FROM trained_faces WHERE question_id = @question AND person_id = @person AND state IN ('sending', 'sent')",
            new { question, person });

    /// <summary>A group's faces learned from tags and still learned, oldest first, without persons being erased.</summary>
    public static Task<IReadOnlyList<TaughtFace>> OfGroupAsync(Session session, GroupId group) =>
        session.QueryAsync<TaughtFace>(
            """
            SELECT t.face_id, t.person_id, t.state, t.at FROM trained_faces t JOIN persons p ON p.id = t.person_id
            WHERE p.group_id = @group AND p.state = 'connected' AND t.state = 'sent' ORDER BY t.at, t.face_id
            """,
            new { group });

    /// <summary>Groups with faces learned from tags since the last check, with their time zones.</summary>
    public static Task<IReadOnlyList<GroupZone>> GroupsToTrainAsync(Session session) =>
        session.QueryAsync<GroupZone>(
            $"""
            SELECT g.id, g.time_zone FROM groups g WHERE g.{Rules.GroupIsActive} AND g.erasing = 0 AND EXISTS (
                SELECT 1 FROM persons p JOIN trained_faces t ON t.person_id = p.id
                WHERE p.group_id = g.id AND t.state = 'sent' AND t.at > COALESCE(g.trained_at, 0))
            ORDER BY g.id
            """);

    /// <summary>A time before the first of the faces was learned: the colleagues' decision, or an hour before if that is deleted.</summary>
    public static async Task<DateTimeOffset> TaughtSinceAsync(Session session, IReadOnlyCollection<FaceId> faces) =>
        DateTimeOffset.FromUnixTimeMilliseconds(await session.QuerySingleOrDefaultAsync<long?>(
            """
            SELECT MIN(COALESCE((SELECT q.decided_at FROM questions q WHERE q.id = t.question_id), t.at - 3600000)) FROM trained_faces t
            WHERE t.face_id IN @faces
            """,
            new { faces = faces.Select(face => face.Value) }) ?? 0);

    public static Task UndoneAsync(Session session, QuestionId question, PersonId person, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE trained_faces SET state = 'undone', at = @at WHERE question_id = @question AND person_id = @person AND state = 'sent'",
            new { question, person, at = now.ToUnixTimeMilliseconds() });

    /// <summary>Records that faces were dropped because they did not fit.</summary>
    public static Task DroppedAsync(Session session, IReadOnlyCollection<FaceId> faces, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE trained_faces SET state = 'dropped', at = @at WHERE face_id IN @faces AND state = 'sent'",
            new { faces = faces.Select(face => face.Value), at = now.ToUnixTimeMilliseconds() });

    /// <summary>A person's faces from tags that are, or may be, in the collection.</summary>
    public static Task<IReadOnlyList<FaceId>> MayBeThereAsync(Session session, PersonId person) =>
        session.QueryAsync<FaceId>("SELECT face_id FROM trained_faces WHERE person_id = @person AND state IN ('sending', 'sent')", new { person });

    /// <summary>Deletes the rows of a question.</summary>
    public static Task ForgetAsync(Session session, QuestionId question) =>
        session.ExecuteAsync("DELETE FROM trained_faces WHERE question_id = @question", new { question });

    /// <summary>Faces that are not learned any more.</summary>
    public static DueRows Due { get; } = new("trained_faces", "at <= @before AND state IN ('refused', 'dropped', 'undone')");
}

internal sealed record TaughtFace
{
    public FaceId FaceId { get; init; }

    public PersonId PersonId { get; init; }

    public string State { get; init; } = "";

    /// <summary>Milliseconds since 1970.</summary>
    public long At { get; init; }
}
