using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The only statements that write the state of a question. TagFaceMachine decides which moves are legal; QuestionMoves, the only caller,
/// fires it before each of these statements.
/// </summary>
internal static class QuestionStateTable
{
    /// <returns>Null if there is no such question.</returns>
    public static async Task<QuestionState?> FindAsync(Session session, QuestionId question) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT state FROM questions WHERE id = @question", new { question }) is { } state
            ? Enum.Parse<QuestionState>(state, ignoreCase: true)
            : null;

    public static Task AddAsync(Session session, NewQuestion question, QuestionState state, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO questions (id, group_id, kind, cluster_id, face_id, photo_id, about_id, state, asked_at, changed_at, photos)
            VALUES (@Id, @Group, @kind, @Cluster, @Face, @Photo, @About, @state, @now, @now, @Photos)
            """,
            new
            {
                question.Id,
                question.Group,
                kind = QuestionTable.Text(question.Kind),
                question.Cluster,
                question.Face,
                question.Photo,
                question.About,
                state = QuestionTable.Text(state),
                question.Photos,
                now = now.ToUnixTimeMilliseconds(),
            });

    /// <summary>Adds an automatic identification, once per face and person, unless another question tells of the name already.</summary>
    /// <returns>False if nothing was added.</returns>
    public static async Task<bool> AddIdentifiedAsync(
        Session session, QuestionId question, PhotoId photo, FaceId face, PersonId person, QuestionState state, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"""
            INSERT INTO questions (id, group_id, kind, face_id, photo_id, about_id, state, answer, person_id, asked_at, changed_at, decided_at, finalized_at)
            SELECT @question, p.group_id, 'identified', @face, p.id, @person, @state, 'person', @person, @at, @at, @at, @at
            FROM photos p JOIN groups g ON g.id = p.group_id AND g.{Rules.GroupIsActive}
            WHERE p.id = @photo AND p.expired_at IS NULL AND p.state IN ('processed', 'degraded')
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = @face AND q.kind = 'identified' AND q.person_id = @person AND q.state = 'decided')
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.kind <> 'identified' AND q.state = 'decided' AND q.person_id = @person
                    AND (q.face_id = @face OR EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = q.id AND n.face_id = @face)))
            """,
            new { question, photo, face, person, state = QuestionTable.Text(state), at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Moves a question to another state.</summary>
    /// <param name="outcome">Null: the stored decision is kept.</param>
    /// <returns>False if the question is not in the state <paramref name="from"/> any more, or is gone.</returns>
    public static async Task<bool> MoveAsync(
        Session session, QuestionId question, QuestionState from, QuestionState to, QuestionOutcome? outcome, DateTimeOffset now)
    {
        var decision = outcome is null
            ? ""
            : """
              , answer = @answer, person_id = @person, reason = @reason, finalized_at = NULL, trained_at = NULL,
                decided_at = CASE WHEN @to = 'decided' THEN @now ELSE NULL END
              """;
        return await session.ExecuteAsync(
            $"UPDATE questions SET state = @to, {QuestionTable.Changed}{decision} WHERE id = @question AND state = @from",
            new
            {
                question,
                from = QuestionTable.Text(from),
                to = QuestionTable.Text(to),
                now = now.ToUnixTimeMilliseconds(),
                answer = outcome?.Answer is { } answer ? QuestionTable.Text(answer) : null,
                person = outcome?.Person,
                reason = outcome?.Reason,
            }) > 0;
    }
}

/// <summary>The outcome of a question; empty for an open one.</summary>
/// <param name="Answer">The decision.</param>
/// <param name="Person">The person decided on.</param>
/// <param name="Reason">Key of the text that says why it ended.</param>
internal sealed record QuestionOutcome(TagAnswer? Answer = null, PersonId? Person = null, string? Reason = null)
{
    /// <summary>No decision.</summary>
    public static QuestionOutcome Open { get; } = new();
}

/// <param name="Cluster">Null: the question is about a single face.</param>
/// <param name="Face">The face shown.</param>
/// <param name="About">The person named by a parent.</param>
/// <param name="Photos">Number of photos in which the face was found.</param>
internal sealed record NewQuestion(
    QuestionId Id, GroupId Group, QuestionKind Kind, ClusterId? Cluster, FaceId Face, PhotoId Photo, PersonId? About = null, int Photos = 1);
