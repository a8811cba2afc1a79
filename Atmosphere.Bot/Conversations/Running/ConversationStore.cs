using System.Text.Json;
using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Running;

/// <summary>The rows of conversations and their turns.</summary>
internal sealed class ConversationStore(TimeProvider clock)
{
    /// <returns>Null where the turn is answered already, or unknown.</returns>
    public static async Task<OpenTurn?> OpenAsync(Session session, ConversationTurn message)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT t.body AS Body, p.id AS Participant, COALESCE(c.version, 0) AS Version, c.dialog AS Dialog, c.state AS State, t.awaited AS Awaited,
                c.offered AS Offered, p.language_chosen AS LanguageChosen
            FROM turns t
            JOIN participants p ON p.channel = @channel AND p.address = @address
            LEFT JOIN conversations c ON c.id = t.conversation_id
            WHERE t.id = @turn AND t.handled_at IS NULL
            """,
            new
            {
                turn = message.Turn,
                channel = ConversationKey.Parse(message.Conversation).Channel,
                address = ConversationKey.Parse(message.Conversation).Address,
            });
        return row?.Body is null
            ? null
            : new OpenTurn(
                JsonSerializer.Deserialize<IncomingMessage>(row.Body, JsonSerializerOptions.Web)!,
                (await Participants.FindAsync(session, new ParticipantId(row.Participant!)))!,
                row.Version, row.Dialog ?? ConnectPersonConversation.Name, row.State, row.Awaited == 1, row.LanguageChosen == 1)
            {
                Offered = row.Offered,
            };
    }

    /// <summary>Stores the state that the turn leaves, and forgets the words that led to it.</summary>
    /// <exception cref="InvalidOperationException">Another turn of the conversation was committed in between.</exception>
    public async Task CloseAsync(Session session, ConversationTurn message, OpenTurn turn, string dialog, string state)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var written = await session.ExecuteAsync(
            """
            INSERT INTO conversations (id, participant_id, version, dialog, state, updated_at)
            SELECT @id, @participant, 1, @dialog, @state, @now WHERE @version = 0
            ON CONFLICT (id) DO NOTHING
            """,
            new { id = message.Conversation, participant = turn.Participant.Id.Value, dialog, state, now, version = turn.Version });
        if (turn.Version > 0)
        {
            written = await session.ExecuteAsync(
                "UPDATE conversations SET version = version + 1, dialog = @dialog, state = @state, updated_at = @now, reminded_at = NULL WHERE id = @id AND version = @version",
                new { id = message.Conversation, dialog, state, now, version = turn.Version });
        }

        if (written == 0)
            throw new InvalidOperationException($"The conversation moved on from version {turn.Version} while the turn was worked on; it is tried again.");
        await ForgetAsync(session, message.Turn);
    }

    /// <summary>Remembers the buttons of a turn's last question, for who answers with a number; where none was asked, the one before stands.</summary>
    public static Task OfferAsync(Session session, ConversationTurn message, IReadOnlyList<Reply> replies) =>
        replies.LastOrDefault(reply => reply.Buttons.Count > 0) is { } question
            ? session.ExecuteAsync(
                "UPDATE conversations SET offered = @offered WHERE id = @id", new { id = message.Conversation, offered = OfferedButtons.Write(question) })
            : Task.CompletedTask;

    /// <summary>Marks the turn answered and forgets its words.</summary>
    public Task ForgetAsync(Session session, string turn) =>
        session.ExecuteAsync(
            "UPDATE turns SET body = NULL, handled_at = @now WHERE id = @turn",
            new { turn, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });

    private sealed class Row
    {
        public string? Body { get; init; }

        public string? Participant { get; init; }

        public long Version { get; init; }

        public string? Dialog { get; init; }

        public string? State { get; init; }

        public long Awaited { get; init; }

        public string? Offered { get; init; }

        public long LanguageChosen { get; init; }
    }
}

/// <param name="Version">0 where the conversation begins.</param>
/// <param name="Dialog">The conversation that is open: its folder in dialogs/.</param>
/// <param name="State">JSON that the last turn left; null where the conversation begins.</param>
/// <param name="IsAwaited">An HTTP request waits for the answer.</param>
/// <param name="HasChosenLanguage">The participant said in which language they want to be answered.</param>
internal sealed record OpenTurn(
    IncomingMessage Incoming, Participant Participant, long Version, string Dialog, string? State, bool IsAwaited, bool HasChosenLanguage)
{
    /// <summary>JSON: the buttons of the last question; null: none was asked.</summary>
    public string? Offered { get; init; }
}
