using System.Data.Common;
namespace Atmosphere.Recognition.Storage;

/// <summary>The tables messages and dead_letters.</summary>
internal sealed class MessageTable(TimeProvider clock)
{
    private const string Columns =
        "id, queue, type, body, correlation_id, order_key, attempts, crashes, sent_at";

    /// <summary>Identifies this run of the program: a lease of another run belongs to a dead process.</summary>
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

    /// <summary>Claims the next due message; null if there is none.</summary>
    public Task<ClaimedMessage?> ClaimAsync(Session session, string queue) =>
        session.QueryPreparedAsync(MessageSql.Claim, row => Read(row, queue), ("@run", _run), ("@queue", queue), ("@now", Now));

    /// <summary>When the next delayed message of the queue is due; null if there is none.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(Session session, string queue)
    {
        var due = await session.QueryPreparedAsync<long?>(
            MessageSql.NextDue, row => row.IsDBNull(0) ? null : row.GetInt64(0), ("@queue", queue));
        return due is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }

    /// <summary>Deletes a handled message and releases the next one of its order key.</summary>
    /// <returns>True if another message may be handled because of that.</returns>
    /// <exception cref="MessageGoneException">Another worker handled or deleted it.</exception>
    public async Task<bool> DeleteAsync(Session session, ClaimedMessage message)
    {
        if (await session.ExecutePreparedAsync(MessageSql.Delete, ("@number", message.Number), ("@run", _run)) == 0)
            throw new MessageGoneException(message.Envelope);
        return message.Envelope is { OrderKey: { } key, Queue: var queue }
            && await session.ExecutePreparedAsync(MessageSql.Free, ("@queue", queue), ("@key", key)) > 0;
    }

    /// <summary>Records a failed attempt and delays the message.</summary>
    public Task RestAsync(Session session, ClaimedMessage message, TimeSpan delay) =>
        session.ExecuteAsync(
            "UPDATE messages SET lease = NULL, attempts = attempts + 1, due_at = @due WHERE number = @Number AND lease = @_run",
            new { message.Number, _run, due = Now + (long)delay.TotalMilliseconds });

    /// <summary>Releases the message unchanged.</summary>
    public Task ReleaseAsync(Session session, ClaimedMessage message) =>
        session.ExecuteAsync("UPDATE messages SET lease = NULL WHERE number = @Number AND lease = @_run", new { message.Number, _run });

    /// <param name="attempts">Failed attempts, including the last one.</param>
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
    /// Releases the messages that the previous process was handling when it ended. A message that was present at several crashes is delayed
    /// first, so that the others are handled before it.
    /// </summary>
    /// <param name="died">False: the process stopped cleanly, but could not record it in the table.</param>
    /// <returns>The released messages, with one more crash if it died; still claimed at <paramref name="crashLimit"/>.</returns>
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
