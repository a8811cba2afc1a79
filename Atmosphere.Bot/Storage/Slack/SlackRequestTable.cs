using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The table slack_requests: Slack's requests, each id once, with the work still to do.</summary>
internal static class SlackRequestTable
{
    /// <summary>Requests that Slack does not repeat any more.</summary>
    public static DueRows Due { get; } = new("slack_requests", "received_at <= @before");

    /// <summary>Answers kept for repeated requests.</summary>
    public static DueRows DueAnswers { get; } = new("slack_requests", "answer IS NOT NULL AND received_at <= @before") { Change = "answer = NULL" };

    /// <param name="source">Slack's id, hashed.</param>
    /// <param name="kind">click, command or sentence; empty if nothing is left to do.</param>
    /// <param name="body">JSON: the work to do; null: none.</param>
    /// <returns>False if the request was stored before.</returns>
    public static async Task<bool> AddAsync(Session session, string id, string source, string user, string kind, string? body, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO slack_requests (id, source_id, user_id, kind, body, received_at) VALUES (@id, @source, @user, @kind, @body, @now)
            ON CONFLICT (source_id) DO NOTHING
            """,
            new { id, source, user, kind, body, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <returns>JSON; null if nothing is left to do.</returns>
    public static Task<string?> FindAsync(Session session, string id) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT body FROM slack_requests WHERE id = @id", new { id });

    /// <returns>False if it was closed before.</returns>
    public static async Task<bool> CloseAsync(Session session, string id) =>
        await session.ExecuteAsync("UPDATE slack_requests SET body = NULL WHERE id = @id AND body IS NOT NULL", new { id }) > 0;

    /// <summary>Whether a request of that kind by the user is waiting.</summary>
    public static async Task<bool> IsWaitingAsync(Session session, string user, string kind) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM slack_requests WHERE user_id = @user AND kind = @kind AND body IS NOT NULL", new { user, kind }) > 0;

    /// <returns>JSON; null if the request is new or no answer was kept.</returns>
    public static Task<string?> AnswerAsync(Session session, string source) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT answer FROM slack_requests WHERE source_id = @source", new { source });

    /// <param name="answer">JSON.</param>
    public static Task KeepAnswerAsync(Session session, string source, string answer) =>
        session.ExecuteAsync("UPDATE slack_requests SET answer = @answer WHERE source_id = @source", new { source, answer });

    /// <summary>Deletes the answers of requests received before a time.</summary>
    public static Task ForgetAnswersAsync(Session session, DateTimeOffset before) =>
        session.ExecuteAsync(
            $"UPDATE slack_requests SET answer = NULL WHERE {DueAnswers.Condition}", new { before = before.ToUnixTimeMilliseconds() });
}
