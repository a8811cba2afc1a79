using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// Limits the rate of photos per group, so that a busy group does not delay the others: each photo waits a moment after the previous one,
/// and photos above the hourly limit wait for the next hour.
/// </summary>
public static class GroupPaces
{
    // About the time needed to process a photo, so that photos of other groups come in between.
    private static readonly TimeSpan _apart = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _window = TimeSpan.FromHours(1);

    /// <summary>Reserves the next time slot of the group.</summary>
    /// <returns>How long the photo must wait.</returns>
    public static async Task<TimeSpan> NextAsync(Session session, GroupId group, int perHour, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        var row = await session.QuerySingleOrDefaultAsync<Row>("SELECT hour_began, taken, next_at FROM group_paces WHERE group_id = @group", new { group }) ?? new Row();
        var (began, taken) = at - row.HourBegan >= (long)_window.TotalMilliseconds ? (at, 0) : (row.HourBegan, row.Taken);
        if (taken >= perHour)
            (began, taken) = (began + (long)_window.TotalMilliseconds, 0);
        var due = Math.Max(Math.Max(at, began), row.NextAt);
        await session.ExecuteAsync(
            """
            INSERT INTO group_paces (group_id, hour_began, taken, next_at) VALUES (@group, @began, @taken, @next)
            ON CONFLICT (group_id) DO UPDATE SET hour_began = excluded.hour_began, taken = excluded.taken, next_at = excluded.next_at
            """,
            new { group, began, taken = taken + 1, next = due + (long)_apart.TotalMilliseconds });
        return TimeSpan.FromMilliseconds(due - at);
    }

    private sealed record Row
    {
        public long HourBegan { get; init; }

        public int Taken { get; init; }

        public long NextAt { get; init; }
    }
}
