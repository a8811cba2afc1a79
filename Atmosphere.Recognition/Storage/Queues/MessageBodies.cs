namespace Atmosphere.Recognition.Storage;

/// <summary>Searches the bodies of messages and dead letters.</summary>
internal static class MessageBodies
{
    // Not the messages of an erasure itself, nor a pending verification: they are deleted when they end.
    private const string Delete =
        """
        DELETE FROM messages WHERE number = @Number AND id = @Id AND queue <> 'erasures-to-prove'
            AND NOT (queue IN ('persons', 'groups-ended', 'participants-forgotten') AND lease IS NOT NULL)
        """;

    /// <param name="since">Only messages sent or given up since then; milliseconds since 1970-01-01 UTC.</param>
    public static async Task<IReadOnlyList<FoundMessage>> SinceAsync(Session session, long since) =>
    [
        .. await session.QueryAsync<FoundMessage>("SELECT number, id, queue, body FROM messages WHERE sent_at >= @since", new { since }),
        .. await session.QueryAsync<FoundMessage>("SELECT NULL AS number, id, queue, body FROM dead_letters WHERE died_at >= @since", new { since }),
    ];

    /// <returns>The number of deleted rows.</returns>
    public static Task<int> DeleteAsync(Session session, FoundMessage message) =>
        session.ExecuteAsync(message.IsDead ? "DELETE FROM dead_letters WHERE id = @Id AND queue = @Queue" : Delete, message);
}

/// <summary>A waiting message or a dead letter.</summary>
internal sealed record FoundMessage
{
    /// <summary>Row number of a waiting message, used together with its id because numbers are reused. Null: a dead letter.</summary>
    public long? Number { get; init; }

    public string Id { get; init; } = "";

    public string Queue { get; init; } = "";

    /// <summary>JSON.</summary>
    public string Body { get; init; } = "";

    public bool IsDead => Number is null;
}
