using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The table group_events: carriers' events of chats, each id once.</summary>
internal static class GroupEventTable
{
    public static DueRows Due { get; } = new("group_events", "received_at <= @before");

    /// <param name="channel">Such as whatsapp-waha.</param>
    /// <param name="source">The carrier's id, hashed.</param>
    /// <param name="body">JSON.</param>
    /// <returns>False if the event was stored before.</returns>
    public static async Task<bool> AddAsync(Session session, string id, string channel, string source, string body, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO group_events (id, channel, source_id, body, received_at) VALUES (@id, @channel, @source, @body, @now)
            ON CONFLICT (channel, source_id) DO NOTHING
            """,
            new { id, channel, source, body, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <returns>Null if it is handled already.</returns>
    public static Task<GroupEventRow?> FindAsync(Session session, string id) =>
        session.QuerySingleOrDefaultAsync<GroupEventRow>("SELECT id, channel, body FROM group_events WHERE id = @id AND body IS NOT NULL", new { id });

    /// <summary>The events not handled yet.</summary>
    public static Task<IReadOnlyList<GroupEventRow>> WaitingAsync(Session session) =>
        session.QueryAsync<GroupEventRow>("SELECT id, channel, body FROM group_events WHERE body IS NOT NULL");

    /// <summary>Marks the event as handled and deletes its data.</summary>
    /// <returns>False if it was handled before.</returns>
    public static async Task<bool> CloseAsync(Session session, string id, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE group_events SET body = NULL, handled_at = @now WHERE id = @id AND body IS NOT NULL", new { id, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Deletes the data of an event, which is then no longer handled.</summary>
    public static Task<int> ForgetAsync(Session session, string id) =>
        session.ExecuteAsync("UPDATE group_events SET body = NULL WHERE id = @id", new { id });
}

/// <summary>An event that is not handled yet.</summary>
internal sealed record GroupEventRow
{
    public string Id { get; init; } = "";

    public string Channel { get; init; } = "";

    /// <summary>JSON.</summary>
    public string Body { get; init; } = "";
}
