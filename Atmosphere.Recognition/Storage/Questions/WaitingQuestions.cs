using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Lists and counts open questions.</summary>
internal static class WaitingQuestions
{
    /// <summary>Open questions, oldest first; those that the voter has answered come last.</summary>
    /// <param name="groups">Only these groups; null: all.</param>
    /// <param name="voter">Null: no particular voter.</param>
    public static Task<IReadOnlyList<QuestionRow>> ListAsync(Session session, IReadOnlyCollection<GroupId>? groups, string? voter, int most) =>
        QuestionTable.ListAsync(
            session,
            $"""
            WHERE state IN ('asked', 'voting') {OfGroups(groups)}
            ORDER BY CASE WHEN EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = questions.face_id AND t.voter = @voter AND t.verdict <> 'is-not') THEN 1 ELSE 0 END,
                asked_at, id LIMIT @most
            """,
            new { groups = Ids(groups), voter = voter ?? "", most });

    /// <summary>Questions of the group that were asked earlier, are posted, or were just answered with a person.</summary>
    /// <param name="learning">Decisions since this time may still be being learned.</param>
    public static Task<IReadOnlyList<QuestionRow>> BeforeAsync(Session session, QuestionRow question, DateTimeOffset learning) =>
        QuestionTable.ListAsync(
            session,
            """
            WHERE group_id = @GroupId AND id <> @Id AND kind IN ('who', 'which') AND (
                (state IN ('asked', 'voting') AND (post_state IS NOT NULL OR asked_at < @AskedAt OR (asked_at = @AskedAt AND id < @Id)))
                OR (state = 'decided' AND answer = 'person' AND decided_at > @learning))
            """,
            new { question.GroupId, question.Id, question.AskedAt, learning = learning.ToUnixTimeMilliseconds() });

    /// <summary>The number of open questions.</summary>
    /// <param name="groups">Only these groups; null: all.</param>
    public static Task<int> CountAsync(Session session, IReadOnlyCollection<GroupId>? groups) =>
        session.QuerySingleOrDefaultAsync<int>($"SELECT COUNT(*) FROM questions WHERE state IN ('asked', 'voting') {OfGroups(groups)}", new { groups = Ids(groups) });

    public static Task<int> CountAskedAsync(Session session, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM questions WHERE asked_at >= @since AND kind <> 'identified'", new { since = since.ToUnixTimeMilliseconds() });

    public static Task<int> CountDecidedAsync(Session session, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM questions WHERE state = 'decided' AND COALESCE(decided_at, changed_at) >= @since AND kind <> 'identified'",
            new { since = since.ToUnixTimeMilliseconds() });

    private static string OfGroups(IReadOnlyCollection<GroupId>? groups) => groups is null ? "" : "AND group_id IN @groups";

    private static IEnumerable<string> Ids(IReadOnlyCollection<GroupId>? groups) => (groups ?? []).Select(group => group.Value);
}
