using System.Text.Json;
using Atmosphere.Bot.Conversations.Home;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Running;

/// <summary>The rows of conversations and their turns.</summary>
internal sealed class ConversationStore(TimeProvider clock)
{
    /// <returns>Null if the turn is answered already or unknown.</returns>
    public static async Task<OpenTurn?> OpenAsync(Session session, ConversationTurn message)
    {
        var row = await TurnTable.OpenAsync(session, message.Turn, ConversationKey.Parse(message.Conversation));
        return row?.Body is null
            ? null
            : new OpenTurn(
                JsonSerializer.Deserialize<IncomingMessage>(row.Body, JsonSerializerOptions.Web)!,
                (await Participants.FindAsync(session, row.ParticipantId))!,
                row.Version, row.Dialog ?? HomeConversation.Dialog, row.State, row.Awaited == 1, row.LanguageChosen == 1)
            {
                Offered = row.Offered,
            };
    }

    /// <summary>Stores the state after the turn, and deletes the turn's text.</summary>
    /// <exception cref="InvalidOperationException">Another turn of the conversation was committed in between.</exception>
    public async Task CloseAsync(Session session, ConversationTurn message, OpenTurn turn, string dialog, string state)
    {
        if (!await ConversationTable.WriteAsync(session, message.Conversation, turn.Participant.Id, turn.Version, dialog, state, clock.GetUtcNow()))
            throw new InvalidOperationException($"The conversation moved on from version {turn.Version} while the turn was worked on; it is tried again.");
        await ForgetAsync(session, message.Turn);
    }

    /// <summary>Stores the buttons of the turn's last question, for typed numbers; without a question the previous ones stay.</summary>
    public Task OfferAsync(Session session, ConversationTurn message, IReadOnlyList<Reply> replies) =>
        replies.LastOrDefault(reply => reply.Buttons.Count > 0) is { } question
            ? ConversationTable.OfferAsync(session, message.Conversation, OfferedButtons.Write(question), clock.GetUtcNow())
            : Task.CompletedTask;

    /// <summary>Marks the turn as answered and deletes its text.</summary>
    public Task ForgetAsync(Session session, string turn) => TurnTable.CloseAsync(session, turn, clock.GetUtcNow());
}

/// <param name="Version">0 for a new conversation.</param>
/// <param name="Dialog">The open conversation: its folder in dialogs/.</param>
/// <param name="State">JSON left by the last turn; null for a new conversation.</param>
/// <param name="IsAwaited">An HTTP request waits for the answer.</param>
/// <param name="HasChosenLanguage">The participant has chosen a language.</param>
internal sealed record OpenTurn(
    IncomingMessage Incoming, Participant Participant, long Version, string Dialog, string? State, bool IsAwaited, bool HasChosenLanguage)
{
    /// <summary>JSON: the buttons of the last question; null: none was asked.</summary>
    public string? Offered { get; init; }
}
