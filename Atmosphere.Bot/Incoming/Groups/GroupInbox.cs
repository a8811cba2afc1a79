using System.Text.Json;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>Stores carriers' events: one row and one message in one transaction. A repeated id is the same event.</summary>
internal sealed class GroupInbox(Database database, IOutbox outbox, TimeProvider clock)
{
    private const int LongestText = 4000;

    // The name of a file may contain people's names.
    private const string FileName = "photo";

    /// <param name="channel">Such as whatsapp-waha.</param>
    /// <param name="sourceId">The carrier's id of the event or message.</param>
    /// <param name="told">The event.</param>
    /// <returns>False if it is a repetition or needs no handling. A post with neither a file nor a code is not stored.</returns>
    public async Task<bool> AcceptAsync(string channel, string sourceId, ChatEvent told, CancellationToken cancellation) =>
        Needed(told) is { } needed && await database.WriteAsync(session => AcceptAsync(session, channel, sourceId, needed), cancellation);

    /// <returns>Null if it is handled already.</returns>
    public static async Task<StoredChatEvent?> FindAsync(Session session, string id)
    {
        var row = await GroupEventTable.FindAsync(session, id);
        return row is null ? null : new StoredChatEvent(row.Channel, JsonSerializer.Deserialize<ChatEvent>(row.Body, JsonSerializerOptions.Web)!);
    }

    /// <summary>Marks the event as handled and deletes its data.</summary>
    /// <returns>False if it was handled before.</returns>
    public Task<bool> CloseAsync(Session session, string id) => GroupEventTable.CloseAsync(session, id, clock.GetUtcNow());

    /// <summary>Reduces a group post to what is needed: of its text only a code is kept.</summary>
    private static ChatEvent? Needed(ChatEvent told)
    {
        if (told.Kind != ChatEventKind.Posted)
            return told.Text.Length <= LongestText ? told : told with { Text = told.Text[..LongestText] };
        var text = PastedText.CodeIn(told.Text);
        var isCode = CodeTable.LooksLikeOne(text);
        return !isCode && told.Files.Count == 0
            ? null
            : told with { Text = isCode ? text : "", ProfileName = null, ReplyTo = null, Files = [.. told.Files.Select(file => file with { Name = FileName })] };
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

/// <param name="Channel">The carrier, such as whatsapp-waha.</param>
/// <param name="Told">The event.</param>
internal sealed record StoredChatEvent(string Channel, ChatEvent Told);
