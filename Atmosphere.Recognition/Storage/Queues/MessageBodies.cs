namespace Atmosphere.Recognition.Storage;

/// <summary>What messages and dead letters say.</summary>
internal static class MessageBodies
{
    // Not those that an erasure is worked on by, nor a proof that is still to come: they go when they have ended.
    private const string Delete =
        """
        DELETE FROM messages WHERE number = @Number AND id = @Id AND queue <> 'erasures-to-prove'
            AND NOT (queue IN ('persons', 'groups-ended', 'participants-forgotten') AND lease IS NOT NULL)
        """;

    /// <param name="since">When they were sent, or given up, at the earliest; milliseconds since 1970-01-01 UTC.</param>
    public static async Task<IReadOnlyList<FoundMessage>> SinceAsync(Session session, long since) =>
    [
        .. await session.QueryAsync<FoundMessage>("SELECT number, id, queue, body FROM messages WHERE sent_at >= @since", new { since }),
        .. await session.QueryAsync<FoundMessage>("SELECT NULL AS number, id, queue, body FROM dead_letters WHERE died_at >= @since", new { since }),
    ];

    /// <returns>How many rows were deleted.</returns>
    public static Task<int> DeleteAsync(Session session, FoundMessage message) =>
        session.ExecuteAsync(message.IsDead ? "DELETE FROM dead_letters WHERE id = @Id AND queue = @Queue" : Delete, message);
}

/// <summary>A message that waits, or was given up.</summary>
internal sealed record FoundMessage
{
    /// <summary>Of a message that waits: with its id, for numbers are used again. Null: it was given up.</summary>
    public long? Number { get; init; }

    public string Id { get; init; } = "";

    public string Queue { get; init; } = "";

    /// <summary>JSON.</summary>
    public string Body { get; init; } = "";

    public bool IsDead => Number is null;
}
