using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table questions, except for the state, which <see cref="QuestionStateTable"/> writes.</summary>
internal static class QuestionTable
{
    // Two changes within one millisecond get different times, because a post records by this time what it shows.
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

    /// <param name="where">SQL, starting with WHERE.</param>
    public static Task<IReadOnlyList<QuestionRow>> ListAsync(Session session, string where, object? arguments = null) =>
        session.QueryAsync<QuestionRow>($"SELECT {Columns} FROM questions {where}", arguments);

    /// <summary>Marks the question as changed, so that its post is updated.</summary>
    public static Task TouchAsync(Session session, QuestionId question, DateTimeOffset now) =>
        session.ExecuteAsync($"UPDATE questions SET {Changed} WHERE id = @question", new { question, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Sets the number of photos in which the face was found.</summary>
    /// <returns>False if it did not change.</returns>
    public static async Task<bool> CountPhotosAsync(Session session, QuestionId question, int photos, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE questions SET photos = @photos, {Changed} WHERE id = @question AND photos <> @photos",
            new { question, photos, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Records, once, that the decided faces were learned or refused.</summary>
    public static async Task<bool> TrainedAsync(Session session, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE questions SET trained_at = @now WHERE id = @question AND state = 'decided' AND trained_at IS NULL",
            new { question, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Records, once, that the decided faces have the name.</summary>
    public static async Task<bool> FinalizeAsync(Session session, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE questions SET finalized_at = @now, {Changed} WHERE id = @question AND state = 'decided' AND finalized_at IS NULL",
            new { question, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Shows another face of the cluster.</summary>
    public static Task ShowAsync(Session session, QuestionId question, FaceOfCluster other, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"UPDATE questions SET face_id = @FaceId, photo_id = @PhotoId, cluster_id = @ClusterId, {Changed} WHERE id = @question",
            new { question, other.FaceId, other.PhotoId, other.ClusterId, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Restarts an undone question with its current face and cluster; it counts as asked now.</summary>
    /// <returns>False if it is not undone any more.</returns>
    public static async Task<bool> RestartAsync(Session session, QuestionId question, ClusterId? cluster, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"""
            UPDATE questions SET cluster_id = @cluster, about_id = NULL, asked_at = @now, reminded_at = NULL,
                kind = CASE WHEN (SELECT COUNT(*) FROM candidates c WHERE c.face_id = questions.face_id AND c.similarity >= {LikeEnough}) > 0 THEN 'which' ELSE 'who' END
            WHERE id = @question AND state = 'undone'
            """,
            new { question, cluster = cluster?.Value, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Moves the questions of a face to the same face under its new id.</summary>
    public static Task FollowAsync(Session session, FaceId before, FaceId now) =>
        session.ExecuteAsync("UPDATE questions SET face_id = @now, changed_at = changed_at + 1 WHERE face_id = @before", new { before, now });

    /// <summary>Clears a removed person from all questions. Their posts show it after their next change.</summary>
    public static Task ForgetAsync(Session session, PersonId person) =>
        session.ExecuteAsync(
            """
            UPDATE questions SET changed_at = changed_at + 1, person_id = CASE WHEN person_id = @person THEN NULL ELSE person_id END,
                about_id = CASE WHEN about_id = @person THEN NULL ELSE about_id END
            WHERE person_id = @person OR about_id = @person
            """,
            new { person });

    /// <summary>Marks the questions with a vote of an erased voter as changed, so that their posts are updated.</summary>
    public static Task<int> TouchVotedAsync(Session session, string voter) =>
        session.ExecuteAsync("UPDATE questions SET changed_at = changed_at + 1 WHERE face_id IN (SELECT face_id FROM face_tags WHERE voter = @voter)", new { voter });

    /// <summary>Deletes the questions that show one of the faces.</summary>
    /// <returns>The number of deleted questions.</returns>
    public static Task<int> DeleteAsync(Session session, IEnumerable<FaceId> faces) =>
        session.ExecuteAsync("DELETE FROM questions WHERE face_id IN @ids", new { ids = faces.Select(face => face.Value) });

    /// <summary>
    /// Ended questions. Open ones are deleted with their faces, and so are decisions about people who are not registered.
    /// </summary>
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
