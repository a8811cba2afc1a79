using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The table conversations: the state of each conversation.</summary>
internal static class ConversationTable
{
    // No unrequested message is sent after an opt-out, nor on WhatsApp more than 24 hours after the user's last message.
    private const string MayBeWrittenTo = "p.stopped_at IS NULL AND (p.channel <> 'whatsapp' OR p.heard_at > @since)";

    private static readonly TimeSpan _window = TimeSpan.FromHours(24);

    /// <returns>Null if it never began.</returns>
    public static Task<ConversationRow?> FindAsync(Session session, ConversationKey conversation) =>
        session.QuerySingleOrDefaultAsync<ConversationRow>(
            "SELECT id, participant_id, version, dialog, state, offered, updated_at FROM conversations WHERE id = @id", new { id = conversation.ToString() });

    /// <summary>Stores the state after a turn.</summary>
    /// <param name="version">The version at the start of the turn; 0 for a new conversation.</param>
    /// <returns>False if another turn of the conversation was committed in between.</returns>
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

    /// <summary>Stores the buttons of the last question.</summary>
    /// <param name="offered">JSON.</param>
    public static async Task OfferAsync(Session session, string conversation, string offered, DateTimeOffset now)
    {
        await session.ExecuteAsync("UPDATE conversations SET offered = @offered WHERE id = @conversation", new { conversation, offered });
        await MentionTable.RecordAsync(session, conversation, conversation, now, offered);
    }

    /// <summary>Clears the buttons of the last question.</summary>
    public static Task<int> OfferNothingAsync(Session session, string conversation) =>
        session.ExecuteAsync("UPDATE conversations SET offered = NULL WHERE id = @conversation", new { conversation });

    /// <summary>Increments the version, so that a turn in progress restarts with current data.</summary>
    public static Task TouchAsync(Session session, ConversationKey conversation) =>
        session.ExecuteAsync("UPDATE conversations SET version = version + 1 WHERE id = @id", new { id = conversation.ToString() });

    /// <summary>Resets the conversation to a state without names.</summary>
    public static Task<int> ResetAsync(Session session, ConversationKey conversation, string dialog, string state) =>
        session.ExecuteAsync(
            "UPDATE conversations SET dialog = @dialog, state = @state, offered = NULL, version = version + 1 WHERE id = @id",
            new { id = conversation.ToString(), dialog, state });

    /// <returns>The number of deleted rows.</returns>
    public static Task<int> ForgetAsync(Session session, ParticipantId participant) =>
        session.ExecuteAsync("DELETE FROM conversations WHERE participant_id = @participant", new { participant });

    public static Task ForgetAsync(Session session, ConversationKey conversation) =>
        session.ExecuteAsync("DELETE FROM conversations WHERE id = @id", new { id = conversation.ToString() });

    /// <summary>The number of conversations that the participants still have.</summary>
    public static Task<int> CountAsync(Session session, IReadOnlyCollection<string> participants) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM conversations WHERE participant_id IN @participants", new { participants });

    /// <summary>Conversations of a dialog whose participant may be written to.</summary>
    /// <param name="reminded">False: only those without a reminder yet.</param>
    public static Task<IReadOnlyList<ConversationRow>> RestingAsync(
        Session session, string dialog, DateTimeOffset before, bool reminded, DateTimeOffset now) =>
        session.QueryAsync<ConversationRow>(
            $"""
            SELECT c.id, c.participant_id, c.version, c.dialog, c.state, c.offered, c.updated_at
            FROM conversations c JOIN participants p ON p.id = c.participant_id
            WHERE c.dialog = @dialog AND c.updated_at <= @before AND (@reminded = 1 OR c.reminded_at IS NULL) AND {MayBeWrittenTo}
            """,
            new { dialog, before = before.ToUnixTimeMilliseconds(), reminded = reminded ? 1 : 0, since = (now - _window).ToUnixTimeMilliseconds() });

    public static Task RemindedAsync(Session session, string conversation, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE conversations SET reminded_at = @now WHERE id = @conversation", new { conversation, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Conversations without a turn since a time.</summary>
    /// <param name="dialog">Only conversations of this dialog.</param>
    public static Task<IReadOnlyList<ConversationRow>> AbandonedAsync(Session session, string dialog, DateTimeOffset before) =>
        session.QueryAsync<ConversationRow>(
            """
            SELECT id, participant_id, version, dialog, state, offered, updated_at FROM conversations
            WHERE dialog = @dialog AND updated_at <= @before
            """,
            new { dialog, before = before.ToUnixTimeMilliseconds() });

    /// <summary>Resets those of all other dialogs to the given one, which is the menu. The new version makes a turn in progress restart from there.</summary>
    /// <returns>The number of conversations.</returns>
    public static Task<int> ResetAbandonedAsync(Session session, string dialog, string state, DateTimeOffset before) =>
        session.ExecuteAsync(
            "UPDATE conversations SET dialog = @dialog, state = @state, offered = NULL, version = version + 1 WHERE updated_at <= @before AND dialog <> @dialog",
            new { dialog, state, before = before.ToUnixTimeMilliseconds() });
}

/// <summary>The state of a conversation.</summary>
internal sealed record ConversationRow
{
    public string Id { get; init; } = "";

    public ParticipantId ParticipantId { get; init; }

    /// <summary>Grows with every turn.</summary>
    public long Version { get; init; }

    /// <summary>The folder in dialogs/ that the state belongs to.</summary>
    public string Dialog { get; init; } = "";

    /// <summary>JSON.</summary>
    public string State { get; init; } = "";

    /// <summary>JSON: the buttons of the last question; null: none.</summary>
    public string? Offered { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long UpdatedAt { get; init; }
}
