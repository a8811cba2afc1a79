using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The table turns: users' messages, each message id once.</summary>
internal static class TurnTable
{
    /// <summary>Ids of messages, kept to detect repeated ones.</summary>
    public static DueRows Due { get; } = new("turns", "received_at <= @before");

    /// <param name="body">JSON.</param>
    /// <returns>False if the message was stored before.</returns>
    public static async Task<bool> AddAsync(
        Session session, string turn, ConversationKey conversation, string messageId, string body, bool awaited, DateTimeOffset now)
    {
        var added = await session.ExecuteAsync(
            """
            INSERT INTO turns (id, conversation_id, message_id, body, awaited, received_at)
            VALUES (@turn, @conversation, @messageId, @body, @awaited, @now)
            ON CONFLICT (conversation_id, message_id) DO NOTHING
            """,
            new { turn, conversation = conversation.ToString(), messageId, body, awaited = awaited ? 1 : 0, now = now.ToUnixTimeMilliseconds() }) > 0;
        if (added)
            await MentionTable.RecordAsync(session, turn, conversation.ToString(), now, body);
        return added;
    }

    /// <returns>Null if the message is unknown.</returns>
    public static Task<string?> FindAsync(Session session, ConversationKey conversation, string messageId) =>
        session.QuerySingleOrDefaultAsync<string>(
            "SELECT id FROM turns WHERE conversation_id = @conversation AND message_id = @messageId",
            new { conversation = conversation.ToString(), messageId });

    /// <returns>Null if the turn is answered already or unknown.</returns>
    public static Task<TurnRow?> OpenAsync(Session session, string turn, ConversationKey conversation) =>
        session.QuerySingleOrDefaultAsync<TurnRow>(
            """
            SELECT t.body, p.id AS participant_id, COALESCE(c.version, 0) AS version, c.dialog, c.state, t.awaited, c.offered, p.language_chosen
            FROM turns t
            JOIN participants p ON p.channel = @Channel AND p.address = @Address
            LEFT JOIN conversations c ON c.id = t.conversation_id
            WHERE t.id = @turn AND t.handled_at IS NULL
            """,
            new { turn, conversation.Channel, conversation.Address });

    /// <summary>Stores the current content of the turn.</summary>
    public static Task RememberAsync(Session session, string turn, string body) =>
        session.ExecuteAsync("UPDATE turns SET body = @body WHERE id = @turn AND handled_at IS NULL", new { turn, body });

    /// <returns>The content of unanswered turns as JSON, with the ids of the turns.</returns>
    public static Task<IReadOnlyList<OpenWords>> OpenWordsAsync(Session session, ConversationKey conversation) =>
        session.QueryAsync<OpenWords>(
            "SELECT id, body FROM turns WHERE conversation_id = @conversation AND body IS NOT NULL", new { conversation = conversation.ToString() });

    /// <summary>Marks the turn as answered and deletes its text.</summary>
    public static Task CloseAsync(Session session, string turn, DateTimeOffset now) =>
        session.ExecuteAsync("UPDATE turns SET body = NULL, handled_at = @now WHERE id = @turn", new { turn, now = now.ToUnixTimeMilliseconds() });

    public static async Task<bool> IsHandledAsync(Session session, string turn) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM turns WHERE id = @turn AND handled_at IS NOT NULL", new { turn }) > 0;

    /// <summary>Whether an HTTP request waits for the answer.</summary>
    public static async Task<bool> IsAwaitedAsync(Session session, string turn) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT awaited FROM turns WHERE id = @turn", new { turn }) == 1;

    /// <summary>Records that no HTTP request waits for the answer any more.</summary>
    public static Task AwaitNoMoreAsync(Session session, string turn) =>
        session.ExecuteAsync("UPDATE turns SET awaited = 0 WHERE id = @turn AND awaited = 1", new { turn });

    /// <summary>The turns whose answers have not been returned in an HTTP response.</summary>
    public static Task<IReadOnlyList<string>> AwaitedAsync(Session session) =>
        session.QueryAsync<string>(
            """
            SELECT id FROM turns
            WHERE awaited = 1 AND (handled_at IS NULL OR EXISTS (SELECT 1 FROM replies r WHERE r.turn_id = turns.id AND r.state = 'waiting'))
            """);

    /// <param name="handledBefore">Only turns answered before this time; null: all.</param>
    /// <returns>The number of deleted rows.</returns>
    public static Task<int> ForgetAsync(Session session, ConversationKey conversation, long? handledBefore = null) =>
        session.ExecuteAsync(
            handledBefore is null
                ? "DELETE FROM turns WHERE conversation_id = @conversation"
                : "DELETE FROM turns WHERE conversation_id = @conversation AND handled_at < @handledBefore",
            new { conversation = conversation.ToString(), handledBefore });
}

/// <summary>An unanswered turn with data of its conversation.</summary>
internal sealed record TurnRow
{
    /// <summary>JSON.</summary>
    public string? Body { get; init; }

    public ParticipantId ParticipantId { get; init; }

    /// <summary>0: the conversation is new.</summary>
    public long Version { get; init; }

    public string? Dialog { get; init; }

    public string? State { get; init; }

    /// <summary>1: an HTTP request waits for the answer.</summary>
    public long Awaited { get; init; }

    public string? Offered { get; init; }

    /// <summary>1: the participant chose the language.</summary>
    public long LanguageChosen { get; init; }
}

/// <summary>The content of an unanswered turn.</summary>
internal sealed record OpenWords
{
    public string Id { get; init; } = "";

    /// <summary>JSON.</summary>
    public string Body { get; init; } = "";
}
