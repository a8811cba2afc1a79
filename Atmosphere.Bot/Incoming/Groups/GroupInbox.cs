using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>Stores carriers' events in the inbox of all webhooks, reduced to what is needed.</summary>
internal sealed class GroupInbox(Database database, WebhookInbox webhooks)
{
    /// <summary>The kind of work of its rows.</summary>
    public const string Kind = "event";

    private const int LongestText = 4000;

    // The name of a file may contain people's names.
    private const string FileName = "photo";

    /// <param name="channel">Such as whatsapp-waha.</param>
    /// <param name="sourceId">The carrier's id of the event or message.</param>
    /// <param name="told">The event.</param>
    /// <returns>False if it is, or may be, a repetition, or needs no handling. A post with neither a file nor a code is not stored.</returns>
    public async Task<bool> AcceptAsync(string channel, string sourceId, ChatEvent told, CancellationToken cancellation) =>
        Remembers(told) && Needed(told) is { } needed && await database.WriteAsync(session => AcceptAsync(session, channel, sourceId, needed), cancellation);

    /// <summary>Whether an event is not too old to be told from a repetition. A withdrawal may be repeated.</summary>
    public bool Remembers(ChatEvent told) => told.Kind == ChatEventKind.Withdrawn || webhooks.Remembers(told.At);

    /// <returns>Null if it is handled already.</returns>
    public static async Task<StoredChatEvent?> FindAsync(Session session, string id)
    {
        var found = await WebhookInbox.FindAsync<ChatEvent>(session, id);
        return found is null ? null : new StoredChatEvent(found.Channel, found.Work);
    }

    /// <summary>Marks the event as handled and deletes its data.</summary>
    /// <returns>False if it was handled before.</returns>
    public Task<bool> CloseAsync(Session session, string id) => webhooks.CloseAsync(session, id);

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

    private Task<bool> AcceptAsync(Session session, string channel, string sourceId, ChatEvent told) => webhooks.QueueAsync(
        session, new WebhookSource(channel, sourceId, Kind), told, id => new GroupEventReceived(id, session.Key.HashOf($"{channel}:{told.Chat}")[..24]));
}

/// <param name="Channel">The carrier, such as whatsapp-waha.</param>
/// <param name="Told">The event.</param>
internal sealed record StoredChatEvent(string Channel, ChatEvent Told);
