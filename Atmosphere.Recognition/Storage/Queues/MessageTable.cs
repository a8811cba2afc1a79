using System.Data.Common;
namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of messages and dead_letters.</summary>
internal sealed class MessageTable(TimeProvider clock)
{
    private const string Columns =
        "id, queue, type, body, correlation_id, order_key, attempts, crashes, sent_at";

    /// <summary>Names this run of the program: a lease of another run is that of a dead process.</summary>
    private readonly string _run = Guid.NewGuid().ToString("N");

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task InsertAsync(Session session, Envelope message, TimeSpan delay)
    {
        var now = Now;
        return session.ExecutePreparedAsync(
            MessageSql.Insert,
            ("@id", message.Id),
            ("@queue", message.Queue),
            ("@type", message.Type),
            ("@body", message.Body),
            ("@correlation", message.CorrelationId),
            ("@key", message.OrderKey),
            ("@now", now),
            ("@due", now + (long)delay.TotalMilliseconds));
    }

    /// <summary>Takes the next message that is due; null where there is none.</summary>
    public Task<ClaimedMessage?> ClaimAsync(Session session, string queue) =>
        session.QueryPreparedAsync(MessageSql.Claim, row => Read(row, queue), ("@run", _run), ("@queue", queue), ("@now", Now));

    /// <summary>When the next resting message of the queue is due; null where none rests.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(Session session, string queue)
    {
        var due = await session.QueryPreparedAsync<long?>(
            MessageSql.NextDue, row => row.IsDBNull(0) ? null : row.GetInt64(0), ("@queue", queue));
        return due is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }

    /// <summary>The message is handled: its row goes, and the next of its order key may be handled.</summary>
    /// <returns>True if another message may be handled now because of that.</returns>
    /// <exception cref="MessageGoneException">Somebody else handled it, or deleted it.</exception>
    public async Task<bool> DeleteAsync(Session session, ClaimedMessage message)
    {
        if (await session.ExecutePreparedAsync(MessageSql.Delete, ("@number", message.Number), ("@run", _run)) == 0)
            throw new MessageGoneException(message.Envelope);
        return message.Envelope is { OrderKey: { } key, Queue: var queue }
            && await session.ExecutePreparedAsync(MessageSql.Free, ("@queue", queue), ("@key", key)) > 0;
    }

    /// <summary>The message failed: one attempt is gone, and it rests.</summary>
    public Task RestAsync(Session session, ClaimedMessage message, TimeSpan delay) =>
        session.ExecuteAsync(
            "UPDATE messages SET lease = NULL, attempts = attempts + 1, due_at = @due WHERE number = @Number AND lease = @_run",
            new { message.Number, _run, due = Now + (long)delay.TotalMilliseconds });

    /// <summary>Gives the message back as it was.</summary>
    public Task ReleaseAsync(Session session, ClaimedMessage message) =>
        session.ExecuteAsync("UPDATE messages SET lease = NULL WHERE number = @Number AND lease = @_run", new { message.Number, _run });

    /// <param name="attempts">That failed, with the last one.</param>
    public async Task BuryAsync(Session session, ClaimedMessage message, int attempts, Exception reason)
    {
        _ = await session.ExecuteAsync(
            """
            INSERT INTO dead_letters (id, queue, type, body, correlation_id, order_key, attempts, crashes, sent_at, died_at, reason, stack)
            SELECT id, queue, type, body, correlation_id, order_key, @attempts, crashes, sent_at, @Now, @Message, @stack
            FROM messages WHERE number = @Number
            ON CONFLICT (id, queue) DO NOTHING
            """,
            new { message.Number, attempts, Now, reason.Message, stack = reason.ToString() });
        _ = await DeleteAsync(session, message);
    }

    /// <summary>
    /// Takes over what the process before this one worked on when it ended. Whatever was worked on comes back at once; what has been there
    /// at several deaths rests first, so that the innocent go ahead.
    /// </summary>
    /// <param name="died">False: it stopped in order, and only could not say so in the table.</param>
    /// <returns>What came back, with one more crash if it died; still claimed where <paramref name="crashLimit"/> is reached.</returns>
    public async Task<IReadOnlyList<ClaimedMessage>> TakeOverAsync(Session session, int crashLimit, bool died)
    {
        var rows = await session.QueryAsync<MessageRow>(
            $"""
            UPDATE messages SET
                crashes = crashes + @more,
                lease = CASE WHEN crashes + @more >= @crashLimit THEN @_run ELSE NULL END,
                due_at = CASE WHEN crashes + @more > 2 THEN @Now + 500 * crashes ELSE due_at END
            WHERE lease IS NOT NULL AND lease <> @_run
            RETURNING number, {Columns}
            """,
            new { _run, crashLimit, Now, more = died ? 1 : 0 });
        return [.. rows.Select(row => row.ToClaimed())];
    }

    private static ClaimedMessage Read(DbDataReader row, string queue) => new(
        row.GetInt64(0),
        new Envelope
        {
            Id = row.GetString(1),
            Queue = queue,
            Type = row.GetString(2),
            Body = row.GetString(3),
            CorrelationId = row.GetString(4),
            OrderKey = row.IsDBNull(5) ? null : row.GetString(5),
            Attempts = row.GetInt32(6),
            Crashes = row.GetInt32(7),
            SentAt = row.GetInt64(8),
        });
}
