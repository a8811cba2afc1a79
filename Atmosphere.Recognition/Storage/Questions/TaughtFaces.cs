using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of trained_faces, for whoever looks at what was taught.</summary>
internal static class TaughtFaces
{
    /// <summary>What a question taught of a person, as far as that stands.</summary>
    public static Task<IReadOnlyList<TaughtFace>> OfAsync(Session session, QuestionId question, PersonId person) =>
        session.QueryAsync<TaughtFace>(
            "SELECT face_id, person_id, state, at FROM trained_faces WHERE question_id = @question AND person_id = @person AND state IN ('sending', 'sent')",
            new { question, person });

    /// <summary>What tags taught a group's persons, as far as that stands, oldest first; not of whoever is being erased.</summary>
    public static Task<IReadOnlyList<TaughtFace>> OfGroupAsync(Session session, GroupId group) =>
        session.QueryAsync<TaughtFace>(
            """
            SELECT t.face_id, t.person_id, t.state, t.at FROM trained_faces t JOIN persons p ON p.id = t.person_id
            WHERE p.group_id = @group AND p.state = 'connected' AND t.state = 'sent' ORDER BY t.at, t.face_id
            """,
            new { group });

    /// <summary>Before the first of the faces was taught: when colleagues had decided, or an hour before, where that is forgotten.</summary>
    public static async Task<DateTimeOffset> SinceAsync(Session session, IReadOnlyCollection<FaceId> faces) =>
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

    /// <summary>They did not fit.</summary>
    public static Task DroppedAsync(Session session, IReadOnlyCollection<FaceId> faces, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE trained_faces SET state = 'dropped', at = @at WHERE face_id IN @faces AND state = 'sent'",
            new { faces = faces.Select(face => face.Value), at = now.ToUnixTimeMilliseconds() });
}

internal sealed record TaughtFace
{
    public FaceId FaceId { get; init; }

    public PersonId PersonId { get; init; }

    public string State { get; init; } = "";

    /// <summary>Milliseconds since 1970.</summary>
    public long At { get; init; }
}
