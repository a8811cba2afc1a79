using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The rows of conversations: where each stands.</summary>
internal static class ConversationTable
{
    // Nobody is written to unasked after they said stop, nor on WhatsApp more than 24 hours after their last message.
    private const string MayBeWrittenTo = "p.stopped_at IS NULL AND (p.channel <> 'whatsapp' OR p.heard_at > @since)";

    private static readonly TimeSpan _window = TimeSpan.FromHours(24);

    /// <returns>Null where it never began.</returns>
    public static Task<ConversationRow?> FindAsync(Session session, ConversationKey conversation) =>
        session.QuerySingleOrDefaultAsync<ConversationRow>(
            "SELECT id, participant_id, version, dialog, state, offered, updated_at FROM conversations WHERE id = @id", new { id = conversation.ToString() });

    /// <summary>Stores the state that a turn leaves.</summary>
    /// <param name="version">That the turn began with; 0: the conversation begins.</param>
    /// <returns>False where another turn of the conversation was committed in between.</returns>
    public static async Task<bool> WriteAsync(
        Session session, string conversation, ParticipantId participant, long version, string dialog, string state, DateTimeOffset now)
    {
        var row = new { conversation, participant, version, dialog, state, now = now.ToUnixTimeMilliseconds() };
        var written = await session.ExecuteAsync(
            version == 0
                ? """
                  INSERT INTO conversations (id, participant_id, version, dialog, state, updated_at) VALUES (@conversation, @participant, 1, @dialog, @state, @now)
                  ON CONFLICT (id) DO NOTHING
                  """
                : """
                  UPDATE conversations SET version = version + 1, dialog = @dialog, state = @state, updated_at = @now, reminded_at = NULL
                  WHERE id = @conversation AND version = @version
                  """,
            row) > 0;
        if (written)
            await MentionTable.RecordAsync(session, conversation, conversation, now, state);
        return written;
    }

    /// <summary>Remembers the buttons of the last question.</summary>
    /// <param name="offered">JSON.</param>
    public static async Task OfferAsync(Session session, string conversation, string offered, DateTimeOffset now)
    {
        await session.ExecuteAsync("UPDATE conversations SET offered = @offered WHERE id = @conversation", new { conversation, offered });
        await MentionTable.RecordAsync(session, conversation, conversation, now, offered);
    }

    /// <summary>Forgets the buttons of the last question.</summary>
    public static Task<int> OfferNothingAsync(Session session, string conversation) =>
        session.ExecuteAsync("UPDATE conversations SET offered = NULL WHERE id = @conversation", new { conversation });

    /// <summary>A turn that is worked on just now starts again, from what is known by then.</summary>
    public static Task TouchAsync(Session session, ConversationKey conversation) =>
        session.ExecuteAsync("UPDATE conversations SET version = version + 1 WHERE id = @id", new { id = conversation.ToString() });

    /// <summary>Puts the conversation back to a state that names nobody.</summary>
    public static Task<int> ResetAsync(Session session, ConversationKey conversation, string dialog, string state) =>
        session.ExecuteAsync(
            "UPDATE conversations SET dialog = @dialog, state = @state, offered = NULL, version = version + 1 WHERE id = @id",
            new { id = conversation.ToString(), dialog, state });

    /// <returns>How many there were.</returns>
    public static Task<int> ForgetAsync(Session session, ParticipantId participant) =>
        session.ExecuteAsync("DELETE FROM conversations WHERE participant_id = @participant", new { participant });

    public static Task ForgetAsync(Session session, ConversationKey conversation) =>
        session.ExecuteAsync("DELETE FROM conversations WHERE id = @id", new { id = conversation.ToString() });

    /// <summary>How many conversations the participants still have.</summary>
    public static Task<int> CountAsync(Session session, IReadOnlyCollection<string> participants) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM conversations WHERE participant_id IN @participants", new { participants });

    /// <summary>Conversations of a dialog that rest in another state than <paramref name="idle"/> and whose participant may be written to.</summary>
    /// <param name="reminded">False: only those whose participant was not reminded yet.</param>
    public static Task<IReadOnlyList<ConversationRow>> RestingAsync(
        Session session, string dialog, string idle, DateTimeOffset before, bool reminded, DateTimeOffset now) =>
        session.QueryAsync<ConversationRow>(
            $"""
            SELECT c.id, c.participant_id, c.version, c.dialog, c.state, c.offered, c.updated_at
            FROM conversations c JOIN participants p ON p.id = c.participant_id
            WHERE c.dialog = @dialog AND c.state <> @idle AND c.updated_at <= @before AND (@reminded = 1 OR c.reminded_at IS NULL) AND {MayBeWrittenTo}
            """,
            new { dialog, idle, before = before.ToUnixTimeMilliseconds(), reminded = reminded ? 1 : 0, since = (now - _window).ToUnixTimeMilliseconds() });

    public static Task RemindedAsync(Session session, string conversation, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE conversations SET reminded_at = @now WHERE id = @conversation", new { conversation, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Conversations that were not gone on with since then.</summary>
    /// <param name="dialog">Only of this dialog.</param>
    public static Task<IReadOnlyList<ConversationRow>> AbandonedAsync(Session session, string dialog, string idle, DateTimeOffset before) =>
        session.QueryAsync<ConversationRow>(
            """
            SELECT id, participant_id, version, dialog, state, offered, updated_at FROM conversations
            WHERE dialog = @dialog AND state <> @idle AND updated_at <= @before
            """,
            new { dialog, idle, before = before.ToUnixTimeMilliseconds() });

    /// <summary>Puts all of them back to the menu. A new version: a turn that is worked on just now starts again, from the menu.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> ResetAbandonedAsync(Session session, string dialog, string idle, DateTimeOffset before) =>
        session.ExecuteAsync(
            "UPDATE conversations SET dialog = @dialog, state = @idle, offered = NULL, version = version + 1 WHERE updated_at <= @before AND state <> @idle",
            new { dialog, idle, before = before.ToUnixTimeMilliseconds() });
}

/// <summary>Where a conversation stands.</summary>
internal sealed record ConversationRow
{
    public string Id { get; init; } = "";

    public ParticipantId ParticipantId { get; init; }

    /// <summary>Grows with every turn.</summary>
    public long Version { get; init; }

    /// <summary>The folder in dialogs/ whose state it is.</summary>
    public string Dialog { get; init; } = "";

    /// <summary>JSON.</summary>
    public string State { get; init; } = "";

    /// <summary>JSON: the buttons of the last question; null: none.</summary>
    public string? Offered { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long UpdatedAt { get; init; }
}
