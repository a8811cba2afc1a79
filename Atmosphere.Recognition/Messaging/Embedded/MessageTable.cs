using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>The rows of messages and dead_letters.</summary>
internal sealed class MessageTable(TimeProvider clock)
{
    private const string Columns =
        "id, queue, type, body, correlation_id, order_key, attempts, crashes, sent_at";

    /// <summary>Names this run of the program: a lease of another run is that of a dead process.</summary>
    private readonly string _run = Guid.NewGuid().ToString("N");

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task InsertAsync(Session session, Envelope message, TimeSpan delay) =>
        session.ExecuteAsync(
            """
            INSERT INTO messages (id, queue, type, body, correlation_id, order_key, waits, attempts, crashes, sent_at, due_at)
            VALUES (@Id, @Queue, @Type, @Body, @CorrelationId, @OrderKey,
                CASE WHEN @OrderKey IS NOT NULL AND EXISTS (SELECT 1 FROM messages WHERE queue = @Queue AND order_key = @OrderKey) THEN 1 ELSE 0 END,
                0, 0, @now, @due)
            """,
            new
            {
                message.Id,
                message.Queue,
                message.Type,
                message.Body,
                message.CorrelationId,
                message.OrderKey,
                now = Now,
                due = Now + (long)delay.TotalMilliseconds,
            });

    /// <summary>Takes the next message that is due; null where there is none.</summary>
    public async Task<ClaimedMessage?> ClaimAsync(Session session, string queue)
    {
        var row = await session.QuerySingleOrDefaultAsync<MessageRow>(
            $"""
            UPDATE messages SET lease = @_run WHERE number =
                (SELECT number FROM messages WHERE queue = @queue AND lease IS NULL AND waits = 0 AND due_at <= @Now ORDER BY due_at, number LIMIT 1)
            RETURNING number, {Columns}
            """,
            new { _run, queue, Now });
        return row?.ToClaimed();
    }

    /// <summary>When the next resting message of the queue is due; null where none rests.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(Session session, string queue)
    {
        var due = await session.QuerySingleOrDefaultAsync<long?>(
            "SELECT MIN(due_at) FROM messages WHERE queue = @queue AND lease IS NULL AND waits = 0", new { queue });
        return due is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }

    /// <summary>The message is handled: its row goes, and the next of its order key may be handled.</summary>
    /// <returns>True if another message may be handled now because of that.</returns>
    public async Task<bool> DeleteAsync(Session session, ClaimedMessage message)
    {
        if (await session.ExecuteAsync("DELETE FROM messages WHERE number = @Number AND lease = @_run", new { message.Number, _run }) == 0)
            throw new InvalidOperationException($"Message {message.Envelope.Id} of queue '{message.Envelope.Queue}' is no longer ours.");
        if (message.Envelope.OrderKey is null)
            return false;

        var freed = await session.ExecuteAsync(
            "UPDATE messages SET waits = 0 WHERE number = (SELECT MIN(number) FROM messages WHERE queue = @Queue AND order_key = @OrderKey)",
            message.Envelope);
        return freed > 0;
    }

    /// <summary>The message failed: one attempt is gone, and it rests.</summary>
    public Task RestAsync(Session session, ClaimedMessage message, TimeSpan delay) =>
        session.ExecuteAsync(
            "UPDATE messages SET lease = NULL, attempts = attempts + 1, due_at = @due WHERE number = @Number AND lease = @_run",
            new { message.Number, _run, due = Now + (long)delay.TotalMilliseconds });

    /// <summary>Gives the message back as it was.</summary>
    public Task ReleaseAsync(Session session, ClaimedMessage message) =>
        session.ExecuteAsync("UPDATE messages SET lease = NULL WHERE number = @Number AND lease = @_run", new { message.Number, _run });

    public async Task BuryAsync(Session session, ClaimedMessage message, StepOutcome.Dead dead)
    {
        _ = await session.ExecuteAsync(
            """
            INSERT INTO dead_letters (id, queue, type, body, correlation_id, order_key, attempts, crashes, sent_at, died_at, reason, stack)
            SELECT id, queue, type, body, correlation_id, order_key, @Attempts, crashes, sent_at, @Now, @Message, @stack
            FROM messages WHERE number = @Number
            ON CONFLICT (id, queue) DO NOTHING
            """,
            new { message.Number, dead.Attempts, Now, dead.Reason.Message, stack = dead.Reason.ToString() });
        _ = await DeleteAsync(session, message);
    }

    /// <summary>
    /// Takes over what the process before this one worked on when it died. Whatever was worked on comes back at once; what has been there
    /// at several deaths rests first, so that the innocent go ahead.
    /// </summary>
    /// <returns>What came back, with one more crash; still claimed where <paramref name="crashLimit"/> is reached.</returns>
    public async Task<IReadOnlyList<ClaimedMessage>> TakeOverAsync(Session session, int crashLimit)
    {
        var rows = await session.QueryAsync<MessageRow>(
            $"""
            UPDATE messages SET
                crashes = crashes + 1,
                lease = CASE WHEN crashes + 1 >= @crashLimit THEN @_run ELSE NULL END,
                due_at = CASE WHEN crashes >= 2 THEN @Now + 500 * crashes ELSE due_at END
            WHERE lease IS NOT NULL AND lease <> @_run
            RETURNING number, {Columns}
            """,
            new { _run, crashLimit, Now });
        return [.. rows.Select(row => row.ToClaimed())];
    }
}
