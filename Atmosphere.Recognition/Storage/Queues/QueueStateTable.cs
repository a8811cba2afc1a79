namespace Atmosphere.Recognition.Storage;

/// <summary>The table queue_states, and counts of the table messages.</summary>
internal static class QueueStateTable
{
    /// <summary>Adds the counts since the last call.</summary>
    public static Task AddAsync(Session session, string queue, QueueCount since, double perSecond, int workers, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO queue_states (queue, handled, failed, died, per_second, workers, updated_at)
            VALUES (@queue, @Handled, @Failed, @Died, @perSecond, @workers, @at)
            ON CONFLICT (queue) DO UPDATE SET
                handled = queue_states.handled + excluded.handled, failed = queue_states.failed + excluded.failed,
                died = queue_states.died + excluded.died, per_second = excluded.per_second, workers = excluded.workers,
                updated_at = excluded.updated_at
            """,
            new { queue, since.Handled, since.Failed, since.Died, perSecond, workers, at = now.ToUnixTimeMilliseconds() });

    public static async Task<IReadOnlyList<QueueState>> ListAsync(Session session, IReadOnlyList<string> queues, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        var messages = (await session.QueryAsync<Row>(
            """
            SELECT queue, COUNT(*) AS depth,
                SUM(CASE WHEN lease IS NULL AND due_at > @at THEN 1 ELSE 0 END) AS resting,
                SUM(CASE WHEN lease IS NOT NULL THEN 1 ELSE 0 END) AS in_work,
                MIN(CASE WHEN due_at <= @at THEN due_at END) AS due_since
            FROM messages GROUP BY queue
            """,
            new { at })).ToDictionary(row => row.Queue);
        var states = (await session.QueryAsync<Row>("SELECT queue, handled, failed, per_second, workers FROM queue_states")).ToDictionary(row => row.Queue);
        var dead = (await session.QueryAsync<Row>("SELECT queue, COUNT(*) AS dead_letters FROM dead_letters GROUP BY queue")).ToDictionary(row => row.Queue);

        var others = messages.Keys.Concat(dead.Keys).Except(queues).Distinct().Order(StringComparer.Ordinal);
        return [.. queues.Concat(others).Select(queue => State(queue, Of(messages, queue), Of(states, queue), Of(dead, queue), at))];
    }

    /// <summary>Uses the indexes, so that it stays fast with a million messages.</summary>
    public static async Task<OldestMessage?> OldestAsync(Session session, IReadOnlyList<string> queues, DateTimeOffset now)
    {
        var found = await session.QueryAsync<Row>("SELECT queue, MIN(due_at) AS due_since FROM messages WHERE lease IS NOT NULL GROUP BY queue");
        var oldest = found.MinBy(row => row.DueSince);
        foreach (var queue in queues)
        {
            var due = await session.QuerySingleOrDefaultAsync<long?>(
                "SELECT MIN(due_at) FROM messages WHERE queue = @queue AND lease IS NULL AND waits = 0", new { queue });
            if (due is not null && (oldest is null || due < oldest.DueSince))
                oldest = new Row { Queue = queue, DueSince = due };
        }

        var age = now.ToUnixTimeMilliseconds() - oldest?.DueSince;
        return age >= 0 ? new OldestMessage(oldest!.Queue, TimeSpan.FromMilliseconds(age.Value)) : null;
    }

    /// <summary>Whether a message of the queue could be handled now.</summary>
    public static async Task<bool> IsDueAsync(Session session, string queue, DateTimeOffset now) =>
        await session.QuerySingleOrDefaultAsync<long?>(
            "SELECT MIN(due_at) FROM messages WHERE queue = @queue AND lease IS NULL AND waits = 0", new { queue }) <= now.ToUnixTimeMilliseconds();

    private static Row Of(Dictionary<string, Row> rows, string queue) => rows.GetValueOrDefault(queue) ?? new Row();

    private static QueueState State(string queue, Row messages, Row state, Row dead, long now) => new()
    {
        Queue = queue,
        Depth = messages.Depth,
        Resting = messages.Resting,
        InWork = messages.InWork,
        Oldest = messages.DueSince is { } since ? TimeSpan.FromMilliseconds(now - since) : null,
        PerSecond = state.PerSecond,
        Handled = state.Handled,
        Failed = state.Failed,
        Workers = state.Workers,
        DeadLetters = dead.DeadLetters,
    };

    private sealed record Row
    {
        public string Queue { get; init; } = "";

        public long Depth { get; init; }

        public long Resting { get; init; }

        public long InWork { get; init; }

        public long? DueSince { get; init; }

        public long Handled { get; init; }

        public long Failed { get; init; }

        public double PerSecond { get; init; }

        public int Workers { get; init; }

        public long DeadLetters { get; init; }
    }
}
