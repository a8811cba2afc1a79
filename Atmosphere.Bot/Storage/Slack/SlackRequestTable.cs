using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The rows of slack_requests: what Slack told, once per id, and what is left to do about it.</summary>
internal static class SlackRequestTable
{
    /// <summary>What Slack told, as long as it may tell it again.</summary>
    public static DueRows Due { get; } = new("slack_requests", "received_at <= @before");

    /// <summary>Answers that are kept for a repeated request.</summary>
    public static DueRows DueAnswers { get; } = new("slack_requests", "answer IS NOT NULL AND received_at <= @before") { Change = "answer = NULL" };

    /// <param name="source">What Slack calls it, hashed.</param>
    /// <param name="kind">click, command or sentence; empty where nothing is left to do.</param>
    /// <param name="body">JSON: what is left to do; null: nothing.</param>
    /// <returns>False where it was told before.</returns>
    public static async Task<bool> AddAsync(Session session, string id, string source, string user, string kind, string? body, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO slack_requests (id, source_id, user_id, kind, body, received_at) VALUES (@id, @source, @user, @kind, @body, @now)
            ON CONFLICT (source_id) DO NOTHING
            """,
            new { id, source, user, kind, body, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <returns>JSON; null where nothing is left to do.</returns>
    public static Task<string?> FindAsync(Session session, string id) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT body FROM slack_requests WHERE id = @id", new { id });

    /// <returns>False where it was done before.</returns>
    public static async Task<bool> CloseAsync(Session session, string id) =>
        await session.ExecuteAsync("UPDATE slack_requests SET body = NULL WHERE id = @id AND body IS NOT NULL", new { id }) > 0;

    /// <summary>Whether something of that kind of the user waits.</summary>
    public static async Task<bool> IsWaitingAsync(Session session, string user, string kind) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM slack_requests WHERE user_id = @user AND kind = @kind AND body IS NOT NULL", new { user, kind }) > 0;

    /// <returns>JSON; null where it is new, or nothing was kept.</returns>
    public static Task<string?> AnswerAsync(Session session, string source) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT answer FROM slack_requests WHERE source_id = @source", new { source });

    /// <param name="answer">JSON.</param>
    public static Task KeepAnswerAsync(Session session, string source, string answer) =>
        session.ExecuteAsync("UPDATE slack_requests SET answer = @answer WHERE source_id = @source", new { source, answer });

    /// <summary>Forgets answers that were kept until then.</summary>
    public static Task ForgetAnswersAsync(Session session, DateTimeOffset before) =>
        session.ExecuteAsync(
            $"UPDATE slack_requests SET answer = NULL WHERE {DueAnswers.Condition}", new { before = before.ToUnixTimeMilliseconds() });
}
