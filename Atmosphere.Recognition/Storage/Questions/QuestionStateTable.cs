using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The only statements that write the state of a question. Where a question may go is decided by its machine, TagFaceMachine, which its one
/// caller QuestionMoves fires before each of them.
/// </summary>
internal static class QuestionStateTable
{
    /// <returns>Null where there is no such question.</returns>
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

    /// <summary>Adds a name that a face got by itself; once for each face and person, and not where a question tells of the name already.</summary>
    /// <returns>False where nothing is added.</returns>
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

    /// <summary>Gives a question another state.</summary>
    /// <param name="outcome">Null: what was decided stays as it is.</param>
    /// <returns>False where the question is not in the state <paramref name="from"/> any more, or gone.</returns>
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

/// <summary>How a question ended, or that it is open again.</summary>
/// <param name="Answer">What was decided.</param>
/// <param name="Person">Who it is.</param>
/// <param name="Reason">Key of the sentence that says why it ended.</param>
internal sealed record QuestionOutcome(TagAnswer? Answer = null, PersonId? Person = null, string? Reason = null)
{
    /// <summary>Nothing is decided.</summary>
    public static QuestionOutcome Open { get; } = new();
}

/// <param name="Cluster">Null: it is about the one face.</param>
/// <param name="Face">The face that is shown.</param>
/// <param name="About">The person whom a parent named.</param>
/// <param name="Photos">In how many photos the face was found.</param>
internal sealed record NewQuestion(
    QuestionId Id, GroupId Group, QuestionKind Kind, ClusterId? Cluster, FaceId Face, PhotoId Photo, PersonId? About = null, int Photos = 1);
