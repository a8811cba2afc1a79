using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Storage;

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
        """
        id AS Id, conversation_id AS Conversation, turn_id AS Turn, body AS Body, media AS Media, state AS State, vendor_id AS VendorId,
        undelivered_id AS UndeliveredId, sending_at AS SendingAt, template AS Template, attempts AS Attempts, asked_for AS AskedFor
        """;

    /// <summary>Those of @vendorIds that are replies of ours, each half by an index of its own.</summary>
    internal const string Claimed =
        "SELECT vendor_id FROM replies WHERE vendor_id IN @vendorIds UNION SELECT undelivered_id FROM replies WHERE undelivered_id IN @vendorIds";

    /// <summary>Stores the reply; the same id again changes nothing but the words of one that has not left yet.</summary>
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

    public static Task<IReadOnlyList<StoredReply>> OfTurnAsync(Session session, string turn) =>
        ReadAsync(session, "turn_id = @turn ORDER BY position", new { turn });

    /// <summary>Moves the reply on; what was delivered or refused is forgotten, the picture's link stays good.</summary>
    /// <param name="keepWords">The channel may still say that it did not arrive.</param>
    /// <returns>Whether it was in the state that is expected.</returns>
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

    /// <summary>The call begins with the commit of this.</summary>
    public async Task<bool> BeginAsync(Session session, string id, bool asTemplate) =>
        await session.ExecuteAsync(
            "UPDATE replies SET state = 'sending', error = NULL, held_at = NULL, sending_at = @now, template = @template WHERE id = @id AND state = 'waiting'",
            new { id, now = Now(), template = asTemplate ? 1 : 0 }) > 0;

    /// <summary>It waits until the person writes.</summary>
    /// <param name="since">When it was found that it must; milliseconds since 1970-01-01 UTC.</param>
    /// <returns>False where the person has written meanwhile.</returns>
    public async Task<bool> HoldAsync(Session session, StoredReply reply, string reason, long since) =>
        await session.ExecuteAsync(
            """
            UPDATE replies SET error = @reason, held_at = @now
            WHERE id = @id AND state = 'waiting'
                AND NOT EXISTS (SELECT 1 FROM participants p WHERE p.channel = @channel AND p.address = @address AND p.heard_at > @since)
            """,
            new { id = reply.Id, reason, since, now = Now(), channel = reply.Key.Channel, address = reply.Key.Address }) > 0;

    /// <summary>What waits until the person writes, oldest first.</summary>
    public static Task<IReadOnlyList<StoredReply>> HeldAsync(Session session, ConversationKey conversation) =>
        ReadAsync(session, "conversation_id = @conversation AND state = 'waiting' AND held_at IS NOT NULL ORDER BY created_at, id", new { conversation = conversation.ToString() });

    public static Task ReleaseAsync(Session session, string id) =>
        session.ExecuteAsync("UPDATE replies SET held_at = NULL WHERE id = @id AND state = 'waiting'", new { id });

    /// <summary>It waited for something that must not be sent any more: nothing of it is kept.</summary>
    public static Task RefuseAsync(Session session, string id, string reason) =>
        session.ExecuteAsync(
            "UPDATE replies SET state = 'refused', error = @reason, held_at = NULL, body = NULL, media = NULL WHERE id = @id AND state = 'waiting'",
            new { id, reason });

    /// <summary>The channel took it and did not deliver it: it waits again.</summary>
    public static Task AgainAsync(Session session, string id, string reason) =>
        session.ExecuteAsync(
            """
            UPDATE replies SET state = 'waiting', error = @reason, undelivered_id = vendor_id, vendor_id = NULL, sent_at = NULL, attempts = attempts + 1
            WHERE id = @id AND state IN ('sent', 'unknown')
            """,
            new { id, reason });

    /// <summary>An operator sends it again, whatever became of it.</summary>
    public static Task ReopenAsync(Session session, string id) =>
        session.ExecuteAsync(
            """
            UPDATE replies SET state = 'waiting', error = NULL, undelivered_id = COALESCE(vendor_id, undelivered_id), vendor_id = NULL, sent_at = NULL,
                held_at = NULL, attempts = 0
            WHERE id = @id AND state IN ('refused', 'unknown', 'sent', 'waiting')
            """,
            new { id });

    /// <summary>Whether other replies of the conversation are in the same uncertainty.</summary>
    public static async Task<bool> HasOthersInCallAsync(Session session, StoredReply reply) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM replies WHERE conversation_id = @conversation AND id <> @id AND state IN ('sending', 'unknown') AND vendor_id IS NULL",
            new { conversation = reply.Conversation, id = reply.Id }) > 0;

    /// <summary>Of the channel's ids, those that are of no reply of ours.</summary>
    public static async Task<IReadOnlyList<string>> UnclaimedAsync(Session session, IReadOnlyCollection<string> vendorIds)
    {
        if (vendorIds.Count == 0)
            return [];
        var claimed = await session.QueryAsync<string>(Claimed, new { vendorIds });
        return [.. vendorIds.Except(claimed, StringComparer.Ordinal)];
    }

    /// <summary>Whether there is such a reply.</summary>
    public static async Task<bool> ExistsAsync(Session session, string id) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM replies WHERE id = @id", new { id }) > 0;

    /// <returns>The reply that the channel has under its id; null where there is none.</returns>
    public static Task<string?> SentAsAsync(Session session, string vendorId) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT id FROM replies WHERE vendor_id = @vendorId", new { vendorId });

    /// <summary>Whether a call of the channel is open whose message has no id yet.</summary>
    public static async Task<bool> IsInCallAsync(Session session, string channel) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM replies WHERE state = 'sending' AND vendor_id IS NULL AND conversation_id LIKE @conversations", new { conversations = $"{channel}:%" }) > 0;

    /// <summary>Whether the reply is under way or sent, and shows that picture.</summary>
    public static async Task<bool> ShowsAsync(Session session, string id, MediaKey media) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM replies WHERE id = @id AND media = @media AND state IN ('sending', 'sent', 'answered', 'unknown')", new { id, media = media.Value }) > 0;

    /// <summary>All of a conversation that still have words, a picture or a name in their id.</summary>
    public static Task<IReadOnlyList<StoredReply>> OfConversationAsync(Session session, ConversationKey conversation) =>
        session.QueryAsync<StoredReply>($"SELECT {Columns} FROM replies WHERE conversation_id = @conversation", new { conversation = conversation.ToString() });

    /// <summary>Takes the words, or all but the id, out of a reply; one that was still to leave is refused.</summary>
    /// <param name="newId">Its id from now on.</param>
    /// <param name="body">What is left of it; null: neither words nor picture.</param>
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

    /// <param name="before">Only those that were made before; null: all. Milliseconds since 1970-01-01 UTC.</param>
    /// <returns>How many were deleted.</returns>
    public static Task<int> ForgetAsync(Session session, ConversationKey conversation, long? before = null) =>
        session.ExecuteAsync(
            before is null
                ? "DELETE FROM replies WHERE conversation_id = @conversation"
                : "DELETE FROM replies WHERE conversation_id = @conversation AND created_at < @before",
            new { conversation = conversation.ToString(), before });

    /// <returns>How many were deleted.</returns>
    public static Task<int> ForgetAsync(Session session, IReadOnlyCollection<string> ids) =>
        session.ExecuteAsync("DELETE FROM replies WHERE id IN @ids", new { ids });

    public static Task<int> CountAsync(Session session, IReadOnlyCollection<string> ids) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM replies WHERE id IN @ids", new { ids });

    /// <summary>Words and pictures of replies that were delivered.</summary>
    public static DueRows DueDelivered { get; } = new(
        "replies", "(body IS NOT NULL OR media IS NOT NULL) AND ((state = 'sent' AND sent_at <= @before) OR (state = 'answered' AND created_at <= @before))")
    {
        Change = "body = NULL, media = NULL",
    };

    /// <summary>Words and pictures of replies that could not be delivered, or of which nobody knows.</summary>
    public static DueRows DueUndelivered { get; } = new("replies", "(body IS NOT NULL OR media IS NOT NULL) AND created_at <= @before")
    {
        Change = "body = NULL, media = NULL",
    };

    /// <summary>Ids of replies, by which a repeated one is told.</summary>
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

    /// <summary>JSON that its channel reads; null once it is delivered.</summary>
    public string? Body { get; init; }

    public string? Media { get; init; }

    public required string State { get; init; }

    /// <summary>The channel's id of the message.</summary>
    public string? VendorId { get; init; }

    /// <summary>The channel's id of an attempt that did not arrive.</summary>
    public string? UndeliveredId { get; init; }

    /// <summary>When the call began; milliseconds since 1970-01-01 UTC.</summary>
    public long? SendingAt { get; init; }

    /// <summary>1: a template stood for the words.</summary>
    public long Template { get; init; }

    /// <summary>How often the channel took it and did not deliver it.</summary>
    public long Attempts { get; init; }

    /// <summary>1: they asked for just this, and get it even after they opted out.</summary>
    public long AskedFor { get; init; }

    public ConversationKey Key => ConversationKey.Parse(Conversation);
}
