using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Storage;

/// <summary>The table replies: replies that are sent by a call to the channel.</summary>
internal sealed class ReplyStore(TimeProvider clock)
{
    public const string Waiting = "waiting";
    public const string Sending = "sending";
    public const string Sent = "sent";

    /// <summary>Returned in the HTTP response that waited for it.</summary>
    public const string Answered = "answered";
    public const string Refused = "refused";
    public const string Unknown = "unknown";

    private const string Columns =
        """
        id AS Id, conversation_id AS Conversation, turn_id AS Turn, body AS Body, media AS Media, state AS State, vendor_id AS VendorId,
        undelivered_id AS UndeliveredId, sending_at AS SendingAt, template AS Template, attempts AS Attempts, asked_for AS AskedFor, created_at AS CreatedAt
        """;

    /// <summary>SQL: those of @vendorIds that belong to our replies; each half uses its own index.</summary>
    internal const string Claimed =
        "SELECT vendor_id FROM replies WHERE vendor_id IN @vendorIds UNION SELECT undelivered_id FROM replies WHERE undelivered_id IN @vendorIds";

    /// <summary>Stores the reply. A repeated id changes only the text of a reply that was not sent yet.</summary>
    public async Task AddAsync(
        Session session, string id, ConversationKey conversation, string? turn, int position, string body, MediaKey? media, bool askedFor = false)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO replies (id, conversation_id, turn_id, position, body, media, asked_for, state, created_at)
            VALUES (@id, @conversation, @turn, @position, @body, @media, @askedFor, 'waiting', @now)
            ON CONFLICT (id) DO UPDATE SET body = excluded.body, media = excluded.media WHERE replies.state = 'waiting' AND replies.turn_id IS NULL
            """,
            new { id, conversation = conversation.ToString(), turn, position, body = CodeTable.Seal(session.Key, body), media = media?.Value, askedFor = askedFor ? 1 : 0, now = Now() });
        await MentionTable.RecordAsync(session, id, conversation.ToString(), clock.GetUtcNow(), body);
    }

    public static async Task<StoredReply?> FindAsync(Session session, string id) =>
        (await ReadAsync(session, "id = @id", new { id })).SingleOrDefault();

    /// <summary>Whether an answer to a message of the chat waits for its first attempt, or is in it.</summary>
    /// <param name="since">Only answers stored after this time; milliseconds since 1970-01-01 UTC.</param>
    public static async Task<bool> IsAnswerUnderWayAsync(Session session, ConversationKey conversation, long since) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM replies
            WHERE conversation_id = @conversation AND created_at > @since AND turn_id IS NOT NULL AND state IN ('waiting', 'sending')
                AND attempts = 0 AND error IS NULL AND held_at IS NULL
            """,
            new { conversation = conversation.ToString(), since }) > 0;

    public static Task<IReadOnlyList<StoredReply>> OfTurnAsync(Session session, string turn) =>
        ReadAsync(session, "turn_id = @turn ORDER BY position", new { turn });

    /// <summary>
    /// Moves the reply to another state. The text of a delivered or refused reply is deleted; the link to its picture stays valid.
    /// </summary>
    /// <param name="keepWords">True if the channel may still report a failed delivery.</param>
    /// <returns>False if the reply was not in the expected state.</returns>
    public async Task<bool> MoveAsync(
        Session session, string id, string from, string to, string? error = null, string? vendorId = null, bool keepWords = false) =>
        await session.ExecuteAsync(
            """
            UPDATE replies SET state = @to, error = @error, vendor_id = COALESCE(@vendorId, vendor_id), held_at = NULL,
                body = CASE WHEN @forgets = 1 THEN NULL ELSE body END,
                sent_at = CASE WHEN @to = 'sent' THEN @now ELSE sent_at END
            WHERE id = @id AND state = @from
            """,
            new { id, from, to, error, vendorId, forgets = to is Sent or Refused && !keepWords ? 1 : 0, now = Now() }) > 0;

    /// <summary>Marks the reply as being sent; the call begins after the commit.</summary>
    public async Task<bool> BeginAsync(Session session, string id, bool asTemplate) =>
        await session.ExecuteAsync(
            "UPDATE replies SET state = 'sending', error = NULL, held_at = NULL, sending_at = @now, template = @template WHERE id = @id AND state = 'waiting'",
            new { id, now = Now(), template = asTemplate ? 1 : 0 }) > 0;

    /// <summary>Holds the reply until the user writes.</summary>
    /// <param name="since">When that became known; milliseconds since 1970-01-01 UTC.</param>
    /// <returns>False if the user has written meanwhile.</returns>
    public async Task<bool> HoldAsync(Session session, StoredReply reply, string reason, long since) =>
        await session.ExecuteAsync(
            """
            UPDATE replies SET error = @reason, held_at = @now
            WHERE id = @id AND state = 'waiting'
                AND NOT EXISTS (SELECT 1 FROM participants p WHERE p.channel = @channel AND p.address = @address AND p.heard_at > @since)
            """,
            new { id = reply.Id, reason, since, now = Now(), channel = reply.Key.Channel, address = reply.Key.Address }) > 0;

    /// <summary>The replies held until the user writes, oldest first.</summary>
    public static Task<IReadOnlyList<StoredReply>> HeldAsync(Session session, ConversationKey conversation) =>
        ReadAsync(session, "conversation_id = @conversation AND state = 'waiting' AND held_at IS NOT NULL ORDER BY created_at, id", new { conversation = conversation.ToString() });

    public static Task ReleaseAsync(Session session, string id) =>
        session.ExecuteAsync("UPDATE replies SET held_at = NULL WHERE id = @id AND state = 'waiting'", new { id });

    /// <summary>Refuses a held reply that must no longer be sent, and deletes its content.</summary>
    public static Task RefuseAsync(Session session, string id, string reason) =>
        session.ExecuteAsync(
            "UPDATE replies SET state = 'refused', error = @reason, held_at = NULL, body = NULL, media = NULL WHERE id = @id AND state = 'waiting'",
            new { id, reason });

    /// <summary>Requeues a reply that the channel accepted but did not deliver.</summary>
    public static Task AgainAsync(Session session, string id, string reason) =>
        session.ExecuteAsync(
            """
            UPDATE replies SET state = 'waiting', error = @reason, undelivered_id = vendor_id, vendor_id = NULL, sent_at = NULL, attempts = attempts + 1
            WHERE id = @id AND state IN ('sent', 'unknown')
            """,
            new { id, reason });

    /// <summary>Reopens a reply for an operator, whatever its state.</summary>
    public static Task ReopenAsync(Session session, string id) =>
        session.ExecuteAsync(
            """
            UPDATE replies SET state = 'waiting', error = NULL, undelivered_id = COALESCE(vendor_id, undelivered_id), vendor_id = NULL, sent_at = NULL,
                held_at = NULL, attempts = 0
            WHERE id = @id AND state IN ('refused', 'unknown', 'sent', 'waiting')
            """,
            new { id });

    /// <summary>Whether other replies of the conversation are in a call whose outcome is unknown.</summary>
    public static async Task<bool> HasOthersInCallAsync(Session session, StoredReply reply) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM replies WHERE conversation_id = @conversation AND id <> @id AND state IN ('sending', 'unknown') AND vendor_id IS NULL",
            new { conversation = reply.Conversation, id = reply.Id }) > 0;

    /// <summary>Those of the channel's ids that belong to no reply of ours.</summary>
    public static async Task<IReadOnlyList<string>> UnclaimedAsync(Session session, IReadOnlyCollection<string> vendorIds)
    {
        if (vendorIds.Count == 0)
            return [];
        var claimed = await session.QueryAsync<string>(Claimed, new { vendorIds });
        return [.. vendorIds.Except(claimed, StringComparer.Ordinal)];
    }

    /// <summary>Whether the reply exists.</summary>
    public static async Task<bool> ExistsAsync(Session session, string id) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM replies WHERE id = @id", new { id }) > 0;

    /// <returns>The reply sent under this id of the channel; null if there is none.</returns>
    public static Task<string?> SentAsAsync(Session session, string vendorId) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT id FROM replies WHERE vendor_id = @vendorId", new { vendorId });

    /// <summary>Whether a call of the channel is in progress whose message has no id yet.</summary>
    public static async Task<bool> IsInCallAsync(Session session, string channel) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM replies WHERE state = 'sending' AND vendor_id IS NULL AND conversation_id LIKE @conversations", new { conversations = $"{channel}:%" }) > 0;

    /// <returns>
    /// When the reply was written, in milliseconds since 1970-01-01 UTC; null if it is not being sent and was not sent with this picture.
    /// </returns>
    public static Task<long?> ShownAtAsync(Session session, ConversationKey conversation, string id, MediaKey media) =>
        session.QuerySingleOrDefaultAsync<long?>(
            """
            SELECT created_at FROM replies
            WHERE id = @id AND conversation_id = @conversation AND media = @media AND state IN ('sending', 'sent', 'answered', 'unknown')
            """,
            new { id, conversation = conversation.ToString(), media = media.Value });

    /// <summary>The replies of a conversation that still contain a text, a picture, or a name in the id.</summary>
    public static Task<IReadOnlyList<StoredReply>> OfConversationAsync(Session session, ConversationKey conversation) =>
        session.QueryAsync<StoredReply>($"SELECT {Columns} FROM replies WHERE conversation_id = @conversation", new { conversation = conversation.ToString() });

    /// <summary>Removes the text, or everything but the id, from a reply; an unsent one is refused.</summary>
    /// <param name="newId">Its new id.</param>
    /// <param name="body">The remaining content; null: neither text nor picture.</param>
    public static Task<int> RedactAsync(Session session, string id, string newId, string? body) =>
        session.ExecuteAsync(
            """
            UPDATE replies SET body = @body, id = @newId,
                media = CASE WHEN CAST(@body AS TEXT) IS NULL THEN NULL ELSE media END,
                vendor_id = CASE WHEN CAST(@body AS TEXT) IS NULL THEN NULL ELSE vendor_id END,
                state = CASE WHEN CAST(@body AS TEXT) IS NULL AND state = 'waiting' THEN 'refused' ELSE state END
            WHERE id = @id
            """,
            new { id, newId, body });

    /// <param name="before">Only replies created before this time; null: all. Milliseconds since 1970-01-01 UTC.</param>
    /// <returns>The number of deleted rows.</returns>
    public static Task<int> ForgetAsync(Session session, ConversationKey conversation, long? before = null) =>
        session.ExecuteAsync(
            before is null
                ? "DELETE FROM replies WHERE conversation_id = @conversation"
                : "DELETE FROM replies WHERE conversation_id = @conversation AND created_at < @before",
            new { conversation = conversation.ToString(), before });

    /// <returns>The number of deleted rows.</returns>
    public static Task<int> ForgetAsync(Session session, IReadOnlyCollection<string> ids) =>
        session.ExecuteAsync("DELETE FROM replies WHERE id IN @ids", new { ids });

    public static Task<int> CountAsync(Session session, IReadOnlyCollection<string> ids) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM replies WHERE id IN @ids", new { ids });

    /// <summary>Texts and pictures of delivered replies.</summary>
    public static DueRows DueDelivered { get; } = new(
        "replies", "(body IS NOT NULL OR media IS NOT NULL) AND ((state = 'sent' AND sent_at <= @before) OR (state = 'answered' AND created_at <= @before))")
    {
        Change = "body = NULL, media = NULL",
    };

    /// <summary>Texts and pictures of replies that were not delivered, or whose delivery is unknown.</summary>
    public static DueRows DueUndelivered { get; } = new("replies", "(body IS NOT NULL OR media IS NOT NULL) AND created_at <= @before")
    {
        Change = "body = NULL, media = NULL",
    };

    /// <summary>Ids of replies, kept to detect repeated ones.</summary>
    public static DueRows Due { get; } = new("replies", "body IS NULL AND media IS NULL AND created_at <= @before");

    private static async Task<IReadOnlyList<StoredReply>> ReadAsync(Session session, string which, object arguments) =>
        [.. (await session.QueryAsync<StoredReply>($"SELECT {Columns} FROM replies WHERE {which}", arguments))
            .Select(reply => reply with { Body = CodeTable.Open(session.Key, reply.Body) })];

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}

internal sealed record StoredReply
{
    public required string Id { get; init; }

    public required string Conversation { get; init; }

    public string? Turn { get; init; }

    /// <summary>JSON for the channel; null after delivery.</summary>
    public string? Body { get; init; }

    public string? Media { get; init; }

    public required string State { get; init; }

    /// <summary>The channel's id of the message.</summary>
    public string? VendorId { get; init; }

    /// <summary>The channel's id of a failed attempt.</summary>
    public string? UndeliveredId { get; init; }

    /// <summary>When the call began; milliseconds since 1970-01-01 UTC.</summary>
    public long? SendingAt { get; init; }

    /// <summary>1: it was sent as a template.</summary>
    public long Template { get; init; }

    /// <summary>How often the channel accepted it without delivering it.</summary>
    public long Attempts { get; init; }

    /// <summary>1: the user asked for it; it is sent even after an opt-out.</summary>
    public long AskedFor { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt { get; init; }

    public ConversationKey Key => ConversationKey.Parse(Conversation);
}
