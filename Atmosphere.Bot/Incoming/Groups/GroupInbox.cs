using System.Text.Json;
using Atmosphere.Bot.Storage;
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
        var row = await GroupEventTable.FindAsync(session, id);
        return row is null ? null : new StoredChatEvent(row.Channel, JsonSerializer.Deserialize<ChatEvent>(row.Body, JsonSerializerOptions.Web)!);
    }

    /// <summary>Marks it handled and forgets what it said.</summary>
    /// <returns>False where it was handled before.</returns>
    public Task<bool> CloseAsync(Session session, string id) => GroupEventTable.CloseAsync(session, id, clock.GetUtcNow());

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
        var body = JsonSerializer.Serialize(told, JsonSerializerOptions.Web);
        if (!await GroupEventTable.AddAsync(session, id, channel, session.Key.HashOf(sourceId), body, clock.GetUtcNow()))
            return false;
        await outbox.SendAsync(session, new GroupEventReceived(id, session.Key.HashOf($"{channel}:{told.Chat}")[..24]));
        return true;
    }
}

/// <param name="Channel">Who told it, such as whatsapp-waha.</param>
/// <param name="Told">What it told.</param>
internal sealed record StoredChatEvent(string Channel, ChatEvent Told);
