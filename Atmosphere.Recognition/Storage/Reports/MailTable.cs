using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table mails.</summary>
internal static class MailTable
{
    private const string Open = "state IN ('unknown', 'failed')";

    public static DueRows Due { get; } = new("mails", "created_at <= @before AND state NOT IN ('waiting', 'sending')");

    /// <param name="report">Null: the mail asks whether the subscriber wants reports.</param>
    /// <returns>The new mail; null if the subscriber has one about this report.</returns>
    public static async Task<MailId?> AddAsync(Session session, ReportSubscriber subscriber, ReportId? report, DateTimeOffset now)
    {
        var id = MailId.New();
        return await session.ExecuteAsync(
            """
            INSERT INTO mails (id, subscriber_id, group_id, report_id, state, created_at) VALUES (@id, @subscriber, @group, @report, 'waiting', @now)
            ON CONFLICT (subscriber_id, report_id) DO NOTHING
            """,
            new { id, subscriber = subscriber.Id, group = subscriber.Group, report = report?.Value, now = now.ToUnixTimeMilliseconds() }) > 0 ? id : null;
    }

    /// <summary>When the subscriber was last asked for confirmation; null: not recently.</summary>
    public static Task<long?> AskedAtAsync(Session session, SubscriberId subscriber) =>
        session.QuerySingleOrDefaultAsync<long?>("SELECT MAX(created_at) FROM mails WHERE subscriber_id = @subscriber AND report_id IS NULL", new { subscriber });

    public static Task<MailRow?> FindAsync(Session session, MailId mail) =>
        session.QuerySingleOrDefaultAsync<MailRow>(
            "SELECT id, subscriber_id, group_id, report_id, state, error, created_at FROM mails WHERE id = @mail", new { mail });

    /// <summary>Moves a mail from one state to another.</summary>
    /// <returns>False if it is in another state.</returns>
    public static async Task<bool> MoveAsync(Session session, MailId mail, MailState from, MailState to, string? error, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE mails SET state = @to, error = @error, sent_at = CASE WHEN @to = 'sent' THEN @now ELSE sent_at END WHERE id = @mail AND state = @from",
            new { mail, from = NameOf(from), to = NameOf(to), error, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Withholds the mails of a subscriber that wait.</summary>
    public static Task WithholdAsync(Session session, SubscriberId subscriber) =>
        session.ExecuteAsync("UPDATE mails SET state = 'withheld' WHERE subscriber_id = @subscriber AND state = 'waiting'", new { subscriber });

    /// <summary>Mails that need an operator's decision: unknown or failed. Newest first.</summary>
    public static Task<IReadOnlyList<MailRow>> OpenAsync(Session session, int limit) =>
        session.QueryAsync<MailRow>(
            $"SELECT id, subscriber_id, group_id, report_id, state, error, created_at FROM mails WHERE {Open} ORDER BY created_at DESC, id DESC LIMIT @limit", new { limit });

    /// <summary>Ends an open mail: it waits again, or is withheld.</summary>
    /// <returns>False if there is nothing to decide any more.</returns>
    public static async Task<bool> DecideAsync(Session session, MailId mail, bool again) =>
        await session.ExecuteAsync(
            $"UPDATE mails SET state = @state, error = NULL WHERE id = @mail AND {Open}", new { mail, state = again ? "waiting" : "withheld" }) > 0;

    private static string NameOf(MailState state) => state.ToString().ToLowerInvariant();
}

/// <summary>A mail.</summary>
public sealed record MailRow
{
    public MailId Id { get; init; }

    public SubscriberId SubscriberId { get; init; }

    public GroupId GroupId { get; init; }

    /// <summary>Null: it asks whether the subscriber wants reports.</summary>
    public ReportId? ReportId { get; init; }

    public MailState State { get; init; }

    /// <summary>The server's words, without the address.</summary>
    public string? Error { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt { get; init; }
}
