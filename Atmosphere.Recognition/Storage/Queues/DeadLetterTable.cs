namespace Atmosphere.Recognition.Storage;

/// <summary>The table dead_letters: messages that were given up.</summary>
internal static class DeadLetterTable
{
    private const string Columns = "id, queue, type, body, correlation_id, order_key, attempts, crashes, sent_at, died_at, reason, stack";

    /// <summary>SQL: of one queue; of all if @queue is null.</summary>
    private const string OfQueue = "(CAST(@queue AS TEXT) IS NULL OR queue = @queue)";

    private const int MostConditions = 100;

    public static DueRows Due { get; } = new("dead_letters", "died_at <= @before");

    /// <summary>The number of messages of a queue given up since a time.</summary>
    public static Task<int> CountAsync(Session session, string queue, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM dead_letters WHERE queue = @queue AND died_at > @since", new { queue, since = since.ToUnixTimeMilliseconds() });

    /// <param name="queue">Null: all queues.</param>
    public static Task<long> CountAsync(Session session, string? queue) =>
        session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM dead_letters WHERE {OfQueue}", new { queue });

    /// <summary>The most recent ones, newest first.</summary>
    public static Task<IReadOnlyList<DeadLetter>> ListAsync(Session session, string? queue, int limit) =>
        session.QueryAsync<DeadLetter>($"SELECT {Columns} FROM dead_letters WHERE {OfQueue} ORDER BY died_at DESC, id DESC LIMIT @limit", new { queue, limit });

    /// <summary>The keys, in the order in which the messages were sent.</summary>
    public static Task<IReadOnlyList<DeadLetterKey>> InOrderAsync(Session session, string? queue) =>
        session.QueryAsync<DeadLetterKey>($"SELECT id, queue FROM dead_letters WHERE {OfQueue} ORDER BY sent_at, id", new { queue });

    /// <summary>The copies of one message.</summary>
    public static Task<IReadOnlyList<DeadLetter>> FindAsync(Session session, string id, string? queue) =>
        session.QueryAsync<DeadLetter>($"SELECT {Columns} FROM dead_letters WHERE id = @id AND {OfQueue} ORDER BY queue", new { id, queue });

    /// <summary>Dead letters whose message contains one of the ids, oldest first.</summary>
    public static async Task<IReadOnlyList<DeadLetter>> MentioningAsync(Session session, IReadOnlyCollection<string> keys)
    {
        // A photo of a crowd has hundreds of ids, and a database limits the number of conditions.
        var found = new Dictionary<DeadLetterKey, DeadLetter>();
        foreach (var some in keys.Chunk(MostConditions))
        {
            var arguments = some.Index().ToDictionary(key => $"k{key.Index}", object (key) => $"%{key.Item}%");
            var mentioned = string.Join(" OR ", arguments.Keys.Select(name => $"body LIKE @{name}"));
            foreach (var letter in await session.QueryAsync<DeadLetter>($"SELECT {Columns} FROM dead_letters WHERE {mentioned}", arguments))
                found[letter.Key] = letter;
        }

        return [.. found.Values.OrderBy(letter => letter.DiedAt).ThenBy(letter => letter.Id, StringComparer.Ordinal)];
    }

    /// <returns>False if it is gone already.</returns>
    public static async Task<bool> DeleteAsync(Session session, DeadLetterKey key) =>
        await session.ExecuteAsync("DELETE FROM dead_letters WHERE id = @Id AND queue = @Queue", key) > 0;
}
