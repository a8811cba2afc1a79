using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of questions: one question, and all of it but its state, which <see cref="QuestionStateTable"/> writes.</summary>
internal static class QuestionTable
{
    // A change in the same millisecond is a change all the same: the post tells by this time what it shows.
    public const string Changed = "changed_at = CASE WHEN changed_at >= @now THEN changed_at + 1 ELSE @now END";

    /// <summary>Candidates similar enough to ask about, 0..100. About 1 in 100 strangers scores this high.</summary>
    private const int LikeEnough = 80;

    private const string Columns =
        """
        id, group_id, kind, cluster_id, face_id, photo_id, about_id, state, answer, person_id, reason, asked_at, changed_at, reminded_at,
        channel, ts, post_state, posting_at, shown_at, photos, update_at, decided_at, finalized_at
        """;

    public static Task<QuestionRow?> FindAsync(Session session, QuestionId question) =>
        session.QuerySingleOrDefaultAsync<QuestionRow>($"SELECT {Columns} FROM questions WHERE id = @question", new { question });

    /// <param name="where">SQL, from WHERE on.</param>
    public static Task<IReadOnlyList<QuestionRow>> ListAsync(Session session, string where, object? arguments = null) =>
        session.QueryAsync<QuestionRow>($"SELECT {Columns} FROM questions {where}", arguments);

    /// <summary>Something that a post shows is not what it was.</summary>
    public static Task TouchAsync(Session session, QuestionId question, DateTimeOffset now) =>
        session.ExecuteAsync($"UPDATE questions SET {Changed} WHERE id = @question", new { question, now = now.ToUnixTimeMilliseconds() });

    /// <summary>The face is found in so many photos.</summary>
    /// <returns>False where that was known.</returns>
    public static async Task<bool> CountPhotosAsync(Session session, QuestionId question, int photos, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE questions SET photos = @photos, {Changed} WHERE id = @question AND photos <> @photos",
            new { question, photos, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The faces of what was decided are taught, or refused; once.</summary>
    public static async Task<bool> TrainedAsync(Session session, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE questions SET trained_at = @now WHERE id = @question AND state = 'decided' AND trained_at IS NULL",
            new { question, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The faces of what was decided have the name; once.</summary>
    public static async Task<bool> FinalizeAsync(Session session, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE questions SET finalized_at = @now, {Changed} WHERE id = @question AND state = 'decided' AND finalized_at IS NULL",
            new { question, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Another face is shown.</summary>
    public static Task ShowAsync(Session session, QuestionId question, FaceOfCluster other, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"UPDATE questions SET face_id = @FaceId, photo_id = @PhotoId, cluster_id = @ClusterId, {Changed} WHERE id = @question",
            new { question, other.FaceId, other.PhotoId, other.ClusterId, now = now.ToUnixTimeMilliseconds() });

    /// <summary>A question that was undone is about its face and cluster as they are now, and is as old as the moment at which it is asked again.</summary>
    /// <returns>False where it is not undone any more.</returns>
    public static async Task<bool> RestartAsync(Session session, QuestionId question, ClusterId? cluster, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"""
            UPDATE questions SET cluster_id = @cluster, about_id = NULL, asked_at = @now, reminded_at = NULL,
                kind = CASE WHEN (SELECT COUNT(*) FROM candidates c WHERE c.face_id = questions.face_id AND c.similarity >= {LikeEnough}) > 0 THEN 'which' ELSE 'who' END
            WHERE id = @question AND state = 'undone'
            """,
            new { question, cluster = cluster?.Value, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>What was said of one face is asked about another, which is the same found again.</summary>
    public static Task FollowAsync(Session session, FaceId before, FaceId now) =>
        session.ExecuteAsync("UPDATE questions SET face_id = @now, changed_at = changed_at + 1 WHERE face_id = @before", new { before, now });

    /// <summary>A person is gone: no question names them any more. Their posts show it when they are next changed.</summary>
    public static Task ForgetAsync(Session session, PersonId person) =>
        session.ExecuteAsync(
            """
            UPDATE questions SET changed_at = changed_at + 1, person_id = CASE WHEN person_id = @person THEN NULL ELSE person_id END,
                about_id = CASE WHEN about_id = @person THEN NULL ELSE about_id END
            WHERE person_id = @person OR about_id = @person
            """,
            new { person });

    /// <summary>Posts that show a vote of somebody who is forgotten are changed in the next round.</summary>
    public static Task<int> TouchVotedAsync(Session session, string voter) =>
        session.ExecuteAsync("UPDATE questions SET changed_at = changed_at + 1 WHERE face_id IN (SELECT face_id FROM face_tags WHERE voter = @voter)", new { voter });

    /// <summary>Deletes the questions that show one of the faces.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> DeleteAsync(Session session, IEnumerable<FaceId> faces) =>
        session.ExecuteAsync("DELETE FROM questions WHERE face_id IN @ids", new { ids = faces.Select(face => face.Value) });

    /// <summary>Questions that ended; who waits for an answer goes with its faces, and so does what was said of somebody who is no registered person.</summary>
    public static DueRows Due { get; } = new(
        "questions",
        """
        state IN ('decided', 'refused', 'expired', 'undone') AND changed_at <= @before
            AND NOT (state = 'decided' AND answer <> 'person' AND EXISTS (SELECT 1 FROM cluster_faces f WHERE f.cluster_id = questions.cluster_id))
            AND NOT EXISTS (SELECT 1 FROM colleague_pictures s WHERE s.question_id = questions.id)
        """);

    public static string Text(QuestionState state) => state.ToString().ToLowerInvariant();

    public static string Text(QuestionKind kind) => kind.ToString().ToLowerInvariant();

    public static string Text(TagAnswer answer) => answer switch
    {
        TagAnswer.Person => "person",
        TagAnswer.Nobody => "nobody",
        TagAnswer.Visitor => "visitor",
        _ => "cannot-tell",
    };

    public static TagAnswer? Answer(string? text) => text switch
    {
        "person" or "is" => TagAnswer.Person,
        "nobody" => TagAnswer.Nobody,
        "visitor" => TagAnswer.Visitor,
        "cannot-tell" => TagAnswer.CannotTell,
        _ => null,
    };
}
