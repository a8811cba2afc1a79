using System.Text.Json;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming;

/// <summary>Stores users' messages: one row and one queue message in one transaction. A repeated message id is the same turn.</summary>
internal sealed class TurnInbox(IOutbox outbox, Participants participants, TimeProvider clock)
{
    // Longer than any sensible message; no conversation needs more.
    private const int LongestText = 4000;

    /// <param name="reference">JSON that the channel needs to start a conversation.</param>
    /// <param name="awaited">True if the answer is returned in the HTTP response.</param>
    /// <param name="group">The playground's group for a visitor of this machine; null if the sender proves membership otherwise, or not at all.</param>
    /// <returns>The turn's id, and whether the message is new.</returns>
    public async Task<(string Turn, bool IsNew)> AcceptAsync(
        Session session, ConversationKey conversation, string messageId, string reference, IncomingMessage incoming, GroupId? group, bool awaited = false)
    {
        var kept = incoming.Text.Length <= LongestText ? incoming : incoming with { Text = incoming.Text[..LongestText] };
        var turn = Guid.CreateVersion7().ToString("N");
        var body = JsonSerializer.Serialize(kept, JsonSerializerOptions.Web);
        if (!await TurnTable.AddAsync(session, turn, conversation, messageId, body, awaited, clock.GetUtcNow()))
            return ((await TurnTable.FindAsync(session, conversation, messageId))!, false);

        await SenderAsync(session, conversation, reference, group);
        await outbox.SendAsync(session, new ConversationTurn(turn, conversation.ToString()));
        return (turn, true);
    }

    /// <summary>The sender of a message that is about to be accepted, whose files are stored first.</summary>
    public Task<ParticipantId> SenderAsync(Session session, ConversationKey conversation, string reference, GroupId? group) =>
        participants.EnsureAsync(session, conversation.Channel, conversation.Address, reference, group);

    /// <summary>Stores the current state of the turn's files.</summary>
    public static Task RememberAsync(Session session, string turn, IncomingMessage incoming) =>
        TurnTable.RememberAsync(session, turn, JsonSerializer.Serialize(incoming, JsonSerializerOptions.Web));
}
