using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of question_faces: which faces got their name by which question.</summary>
internal static class QuestionFaces
{
    /// <summary>Writes down that a face got its name by the question; the same again changes nothing.</summary>
    public static Task AddAsync(Session session, QuestionId question, FaceId face) =>
        session.ExecuteAsync(
            "INSERT INTO question_faces (question_id, face_id) VALUES (@question, @face) ON CONFLICT (question_id, face_id) DO NOTHING",
            new { question, face });

    /// <summary>Those that bear the name still, the one that the question shows included, with their photos.</summary>
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

    /// <summary>The face does not bear the name any more that the question gave it.</summary>
    public static Task ForgetAsync(Session session, QuestionId question, FaceId face) =>
        session.ExecuteAsync("DELETE FROM question_faces WHERE question_id = @question AND face_id = @face", new { question, face });

    // Photos that a guardian has of a face which got its name by a question.
    private const string Delivered =
        $"""
        SELECT COUNT(DISTINCT d.photo_id) FROM question_faces n JOIN faces f ON f.id = n.face_id AND f.{Rules.FaceIsNamed}
        JOIN media_distributions d ON d.photo_id = f.photo_id
        JOIN guardians g ON g.person_id = f.person_id AND g.participant_id = d.participant_id
        WHERE d.{Rules.PhotoIsReceived}
        """;

    /// <summary>How many photos reached guardians because of the question.</summary>
    public static Task<int> CountDeliveredAsync(Session session, QuestionId question) =>
        session.QuerySingleOrDefaultAsync<int>($"{Delivered} AND n.question_id = @question", new { question });

    /// <summary>How many photos reached guardians because of tags since then.</summary>
    public static Task<int> CountDeliveredAsync(Session session, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>($"{Delivered} AND d.created_at >= @since", new { since = since.ToUnixTimeMilliseconds() });

    private sealed record Row
    {
        public FaceId Id { get; init; }

        public PhotoId PhotoId { get; init; }
    }
}
