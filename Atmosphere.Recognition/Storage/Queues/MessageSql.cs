namespace Atmosphere.Recognition.Storage;

/// <summary>The statements that run with every message. All use an index, so that their cost does not grow with the queue.</summary>
internal static class MessageSql
{
    public const string Insert =
        """
        INSERT INTO messages (id, queue, type, body, correlation_id, order_key, waits, attempts, crashes, sent_at, due_at)
        VALUES (@id, @queue, @type, @body, @correlation, @key,
            CASE WHEN @key IS NOT NULL AND EXISTS (SELECT 1 FROM messages WHERE queue = @queue AND order_key = @key) THEN 1 ELSE 0 END,
            0, 0, @now, @due)
        """;

    public const string Claim =
        """
        UPDATE messages SET lease = @run WHERE number =
            (SELECT number FROM messages WHERE queue = @queue AND lease IS NULL AND waits = 0 AND due_at <= @now ORDER BY due_at, number LIMIT 1)
        RETURNING number, id, type, body, correlation_id, order_key, attempts, crashes, sent_at
        """;

    public const string Delete = "DELETE FROM messages WHERE number = @number AND lease = @run";

    /// <summary>Releases the next message of an order key.</summary>
    public const string Free =
        "UPDATE messages SET waits = 0 WHERE number = (SELECT MIN(number) FROM messages WHERE queue = @queue AND order_key = @key)";

    public const string NextDue = "SELECT MIN(due_at) FROM messages WHERE queue = @queue AND lease IS NULL AND waits = 0";
}
