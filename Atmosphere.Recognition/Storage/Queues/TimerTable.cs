namespace Atmosphere.Recognition.Storage;

/// <summary>The table timers.</summary>
internal static class TimerTable
{
    /// <summary>Stores the first due time of a timer. A timer with an unchanged schedule keeps its due time, even a past one.</summary>
    public static Task ScheduleAsync(Session session, string name, string cron, string timeZone, DateTimeOffset due) =>
        session.ExecuteAsync(
            """
            INSERT INTO timers (name, cron, time_zone, due_at) VALUES (@name, @cron, @timeZone, @at)
            ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, time_zone = excluded.time_zone, due_at = excluded.due_at
            WHERE timers.cron <> excluded.cron OR timers.time_zone <> excluded.time_zone
            """,
            new { name, cron, timeZone, at = due.ToUnixTimeMilliseconds() });

    /// <summary>Deletes all timers except these.</summary>
    public static async Task KeepAsync(Session session, IReadOnlyCollection<string> names)
    {
        var gone = (await session.QueryAsync<string>("SELECT name FROM timers")).Except(names);
        foreach (var name in gone)
            await session.ExecuteAsync("DELETE FROM timers WHERE name = @name", new { name });
    }

    public static Task<IReadOnlyList<DueTimer>> DueAsync(Session session, DateTimeOffset now) =>
        session.QueryAsync<DueTimer>(
            "SELECT name, due_at FROM timers WHERE due_at <= @at ORDER BY due_at, name", new { at = now.ToUnixTimeMilliseconds() });

    /// <returns>Null if there is no timer.</returns>
    public static async Task<DateTimeOffset?> NextAsync(Session session) =>
        await session.QuerySingleOrDefaultAsync<long?>("SELECT MIN(due_at) FROM timers") is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    /// <summary>Claims a run; only the first caller gets true.</summary>
    /// <param name="next">The next due time; null: never.</param>
    public static async Task<bool> TakeAsync(Session session, DueTimer due, DateTimeOffset? next, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE timers SET due_at = @next, ran_at = @now WHERE name = @Name AND due_at = @DueAt",
            new
            {
                due.Name,
                due.DueAt,
                next = next?.ToUnixTimeMilliseconds() ?? long.MaxValue,
                now = now.ToUnixTimeMilliseconds(),
            }) > 0;
}

internal sealed record DueTimer
{
    public string Name { get; init; } = "";

    /// <summary>Milliseconds since 1970.</summary>
    public long DueAt { get; init; }
}
