using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table question_faces: the faces that each question named.</summary>
internal static class QuestionFaces
{
    /// <summary>Records that the question named a face; a repeated call changes nothing.</summary>
    public static Task AddAsync(Session session, QuestionId question, FaceId face) =>
        session.ExecuteAsync(
            "INSERT INTO question_faces (question_id, face_id) VALUES (@question, @face) ON CONFLICT (question_id, face_id) DO NOTHING",
            new { question, face });

    /// <summary>The faces that still have the question's name, including the one it shows, with their photos.</summary>
    public static async Task<IReadOnlyList<(FaceId Face, PhotoId Photo)>> NamedAsync(Session session, QuestionId question, PersonId person)
    {
        var rows = await session.QueryAsync<Row>(
            $"""
            SELECT f.id, f.photo_id FROM faces f WHERE f.person_id = @person AND f.{Rules.FaceIsNamed} AND f.id IN (
                SELECT face_id FROM questions WHERE id = @question
                UNION SELECT face_id FROM question_faces WHERE question_id = @question
                UNION SELECT face_id FROM trained_faces WHERE question_id = @question AND person_id = @person)
            ORDER BY f.photo_id, f.id
            """,
            new { question, person });
        return [.. rows.Select(row => (row.Id, row.PhotoId))];
    }

    public static Task ForgetAsync(Session session, QuestionId question) =>
        session.ExecuteAsync("DELETE FROM question_faces WHERE question_id = @question", new { question });

    /// <summary>Removes a face that lost the name given by the question.</summary>
    public static Task ForgetAsync(Session session, QuestionId question, FaceId face) =>
        session.ExecuteAsync("DELETE FROM question_faces WHERE question_id = @question AND face_id = @face", new { question, face });

    // Photos delivered to a guardian with a face that a question named.
    private const string Delivered =
        $"""
        SELECT COUNT(DISTINCT d.photo_id) FROM question_faces n JOIN faces f ON f.id = n.face_id AND f.{Rules.FaceIsNamed}
        JOIN media_distributions d ON d.photo_id = f.photo_id
        JOIN guardians g ON g.person_id = f.person_id AND g.participant_id = d.participant_id
        WHERE d.{Rules.PhotoIsReceived}
        """;

    /// <summary>The number of photos delivered to guardians because of the question.</summary>
    public static Task<int> CountDeliveredAsync(Session session, QuestionId question) =>
        session.QuerySingleOrDefaultAsync<int>($"{Delivered} AND n.question_id = @question", new { question });

    /// <summary>The number of photos delivered to guardians because of tags since a time.</summary>
    public static Task<int> CountDeliveredAsync(Session session, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>($"{Delivered} AND d.created_at >= @since", new { since = since.ToUnixTimeMilliseconds() });

    private sealed record Row
    {
        public FaceId Id { get; init; }

        public PhotoId PhotoId { get; init; }
    }
}
