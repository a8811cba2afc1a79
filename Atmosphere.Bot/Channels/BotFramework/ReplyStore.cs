using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>The rows of replies that leave by a call.</summary>
internal sealed class ReplyStore(TimeProvider clock)
{
    public const string Waiting = "waiting";
    public const string Sending = "sending";
    public const string Sent = "sent";

    /// <summary>Given to the HTTP response that waited for it.</summary>
    public const string Answered = "answered";
    public const string Refused = "refused";
    public const string Unknown = "unknown";

    private const string Columns =
        "id AS Id, conversation_id AS Conversation, turn_id AS Turn, body AS Body, media AS Media, state AS State";

    /// <summary>Stores the reply; the same id again changes nothing.</summary>
    public Task AddAsync(Session session, string id, ConversationKey conversation, string? turn, int position, string activity, MediaKey? picture) =>
        session.ExecuteAsync(
            """
            INSERT INTO replies (id, conversation_id, turn_id, position, body, media, state, created_at)
            VALUES (@id, @conversation, @turn, @position, @activity, @media, 'waiting', @now)
            ON CONFLICT (id) DO NOTHING
            """,
            new { id, conversation = conversation.ToString(), turn, position, activity, media = picture?.Value, now = Now() });

    public static Task<StoredReply?> FindAsync(Session session, string id) =>
        session.QuerySingleOrDefaultAsync<StoredReply>($"SELECT {Columns} FROM replies WHERE id = @id", new { id });

    public static Task<IReadOnlyList<StoredReply>> OfTurnAsync(Session session, string turn) =>
        session.QueryAsync<StoredReply>($"SELECT {Columns} FROM replies WHERE turn_id = @turn ORDER BY position", new { turn });

    /// <summary>Moves the reply on; what was delivered or refused is forgotten, the picture's link stays good.</summary>
    /// <returns>Whether it was in the state that is expected.</returns>
    public async Task<bool> MoveAsync(Session session, string id, string from, string to, string? error = null) =>
        await session.ExecuteAsync(
            """
            UPDATE replies SET state = @to, error = @error,
                body = CASE WHEN @to IN ('sent', 'refused') THEN NULL ELSE body END,
                sent_at = CASE WHEN @to = 'sent' THEN @now ELSE sent_at END
            WHERE id = @id AND state = @from
            """,
            new { id, from, to, error, now = Now() }) > 0;

    /// <summary>The turns whose answers no HTTP response has taken yet.</summary>
    public static Task<IReadOnlyList<string>> AwaitedTurnsAsync(Session session) =>
        session.QueryAsync<string>(
            """
            SELECT id FROM turns
            WHERE awaited = 1 AND (handled_at IS NULL OR EXISTS (SELECT 1 FROM replies r WHERE r.turn_id = turns.id AND r.state = 'waiting'))
            """);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}

internal sealed record StoredReply
{
    public required string Id { get; init; }

    public required string Conversation { get; init; }

    public string? Turn { get; init; }

    /// <summary>JSON of the activity; null once it is delivered.</summary>
    public string? Body { get; init; }

    public string? Media { get; init; }

    public required string State { get; init; }
}
