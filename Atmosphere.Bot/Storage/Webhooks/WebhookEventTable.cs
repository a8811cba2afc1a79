using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The table webhook_events: what vendors tell, each id of a channel once, with the work that is left.</summary>
internal static class WebhookEventTable
{
    /// <summary>Events that no vendor repeats any more.</summary>
    public static DueRows Due { get; } = new("webhook_events", "received_at <= @before");

    /// <summary>Answers kept for repeated requests.</summary>
    public static DueRows DueAnswers { get; } = new("webhook_events", "answer IS NOT NULL AND received_at <= @before") { Change = "answer = NULL" };

    /// <returns>False if the event was stored before.</returns>
    public static async Task<bool> AddAsync(Session session, WebhookEventRow row, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO webhook_events (id, channel, source_id, user_id, kind, body, received_at, handled_at)
            VALUES (@Id, @Channel, @SourceId, @UserId, @Kind, @Body, @now, CASE WHEN @Body IS NULL THEN @now END)
            ON CONFLICT (channel, source_id) DO NOTHING
            """,
            new { row.Id, row.Channel, row.SourceId, row.UserId, row.Kind, row.Body, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <returns>Null if nothing is left to do.</returns>
    public static Task<WebhookEventRow?> FindAsync(Session session, string id) =>
        session.QuerySingleOrDefaultAsync<WebhookEventRow>(
            "SELECT id, channel, source_id, user_id, kind, body FROM webhook_events WHERE id = @id AND body IS NOT NULL", new { id });

    /// <summary>The events of a kind with work left.</summary>
    public static Task<IReadOnlyList<WebhookEventRow>> WaitingAsync(Session session, string kind) =>
        session.QueryAsync<WebhookEventRow>(
            "SELECT id, channel, source_id, user_id, kind, body FROM webhook_events WHERE kind = @kind AND body IS NOT NULL", new { kind });

    /// <summary>Whether work of that kind is left for the user.</summary>
    public static async Task<bool> IsWaitingAsync(Session session, string channel, string user, string kind) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM webhook_events WHERE channel = @channel AND user_id = @user AND kind = @kind AND body IS NOT NULL", new { channel, user, kind }) > 0;

    /// <summary>Marks the work as done and deletes its data.</summary>
    /// <returns>False if it was done before.</returns>
    public static async Task<bool> CloseAsync(Session session, string id, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE webhook_events SET body = NULL, handled_at = @now WHERE id = @id AND body IS NOT NULL", new { id, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Deletes the data of an event, which is then no longer handled.</summary>
    public static Task<int> ForgetAsync(Session session, string id) =>
        session.ExecuteAsync("UPDATE webhook_events SET body = NULL WHERE id = @id", new { id });

    /// <returns>JSON; null if the event is new or no answer was kept.</returns>
    public static Task<string?> AnswerAsync(Session session, string channel, string source) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT answer FROM webhook_events WHERE channel = @channel AND source_id = @source", new { channel, source });

    /// <param name="answer">JSON.</param>
    public static Task KeepAnswerAsync(Session session, string channel, string source, string answer) =>
        session.ExecuteAsync("UPDATE webhook_events SET answer = @answer WHERE channel = @channel AND source_id = @source", new { channel, source, answer });

    /// <summary>Deletes the answers to events received before a time.</summary>
    public static Task ForgetAnswersAsync(Session session, DateTimeOffset before) =>
        session.ExecuteAsync($"UPDATE webhook_events SET answer = NULL WHERE {DueAnswers.Condition}", new { before = before.ToUnixTimeMilliseconds() });
}

/// <summary>An event that a vendor told.</summary>
internal sealed record WebhookEventRow
{
    public string Id { get; init; } = "";

    /// <summary>Such as whatsapp-waha.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The vendor's id, hashed.</summary>
    public string SourceId { get; init; } = "";

    /// <summary>Slack's id of the user; empty elsewhere.</summary>
    public string UserId { get; init; } = "";

    /// <summary>The kind of work; empty if nothing is left to do.</summary>
    public string Kind { get; init; } = "";

    /// <summary>JSON: the work that is left; null: none.</summary>
    public string? Body { get; init; }
}
