using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Questions that a voter helped to decide.</summary>
public static class AnsweredQuestions
{
    /// <summary>The decided questions with a vote of this voter, latest first.</summary>
    /// <param name="voter">slack:ID or participant:ID.</param>
    /// <param name="most">Maximum number.</param>
    public static Task<IReadOnlyList<QuestionId>> OfAsync(Session session, string voter, int most) =>
        session.QueryAsync<QuestionId>(
            """
            SELECT q.id FROM face_tags t JOIN questions q ON q.face_id = t.face_id
            WHERE t.voter = @voter AND q.state = 'decided' ORDER BY q.changed_at DESC, q.id LIMIT @most
            """,
            new { voter, most });
}
