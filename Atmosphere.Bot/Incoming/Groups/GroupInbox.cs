using System.Text.Json;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>Where carriers leave what they tell about chats: one row and one message in one transaction. The same id twice is one event.</summary>
internal sealed class GroupInbox(Database database, IOutbox outbox, TimeProvider clock)
{
    private const int LongestText = 4000;

    // The name of a file may name people.
    private const string FileName = "photo";

    /// <param name="channel">Such as whatsapp-waha.</param>
    /// <param name="sourceId">The carrier's id of the event or message.</param>
    /// <param name="told">What it told.</param>
    /// <returns>False where it was told before, or nothing is to be done about it: of a post with neither a file nor a code no row is kept.</returns>
    public async Task<bool> AcceptAsync(string channel, string sourceId, ChatEvent told, CancellationToken cancellation) =>
        Needed(told) is { } needed && await database.WriteAsync(session => AcceptAsync(session, channel, sourceId, needed), cancellation);

    /// <returns>Null where it is handled already.</returns>
    public static async Task<StoredChatEvent?> FindAsync(Session session, string id)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>("SELECT channel, body FROM group_events WHERE id = @id", new { id });
        return row?.Body is { } body ? new StoredChatEvent(row.Channel, JsonSerializer.Deserialize<ChatEvent>(body, JsonSerializerOptions.Web)!) : null;
    }

    /// <summary>Marks it handled and forgets what it said.</summary>
    /// <returns>False where it was handled before.</returns>
    public async Task<bool> CloseAsync(Session session, string id) =>
        await session.ExecuteAsync(
            "UPDATE group_events SET body = NULL, handled_at = @now WHERE id = @id AND body IS NOT NULL",
            new { id, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Nothing that is written in a group is read but a code.</summary>
    private static ChatEvent? Needed(ChatEvent told)
    {
        if (told.Kind != ChatEventKind.Posted)
            return told.Text.Length <= LongestText ? told : told with { Text = told.Text[..LongestText] };
        var isCode = told.Text.Length <= LongestText && CodeTable.LooksLikeOne(told.Text);
        return !isCode && told.Files.Count == 0
            ? null
            : told with { Text = isCode ? told.Text : "", ProfileName = null, ReplyTo = null, Files = [.. told.Files.Select(file => file with { Name = FileName })] };
    }

    private async Task<bool> AcceptAsync(Session session, string channel, string sourceId, ChatEvent told)
    {
        var id = Guid.CreateVersion7().ToString("N");
        var added = await session.ExecuteAsync(
            """
            INSERT INTO group_events (id, channel, source_id, body, received_at) VALUES (@id, @channel, @source, @body, @now)
            ON CONFLICT (channel, source_id) DO NOTHING
            """,
            new
            {
                id,
                channel,
                source = Participants.HashOf(sourceId),
                body = JsonSerializer.Serialize(told, JsonSerializerOptions.Web),
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            });
        if (added > 0)
            await outbox.SendAsync(session, new GroupEventReceived(id, Participants.HashOf($"{channel}:{told.Chat}")[..24]));
        return added > 0;
    }

    private sealed record Row
    {
        public string Channel { get; init; } = "";

        public string? Body { get; init; }
    }
}

/// <param name="Channel">Who told it, such as whatsapp-waha.</param>
/// <param name="Told">What it told.</param>
internal sealed record StoredChatEvent(string Channel, ChatEvent Told);
