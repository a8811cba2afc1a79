using System.Text.Json;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming;

/// <summary>Where channels leave what people said: one row and one message in one transaction. The same message id twice is one turn.</summary>
internal sealed class TurnInbox(IOutbox outbox, Participants participants, TimeProvider clock)
{
    // Longer than any sensible message; nothing in a conversation needs more.
    private const int LongestText = 4000;

    /// <param name="reference">JSON: what the channel needs to write to the person first.</param>
    /// <param name="awaited">The answer goes back in the HTTP response.</param>
    /// <param name="group">The group that everybody of the channel belongs to; null where its groups have members of their own.</param>
    /// <returns>The turn's id, and whether the message is new.</returns>
    public async Task<(string Turn, bool IsNew)> AcceptAsync(
        Session session, ConversationKey conversation, string messageId, string reference, IncomingMessage incoming, GroupId? group, bool awaited = false)
    {
        var kept = incoming.Text.Length <= LongestText ? incoming : incoming with { Text = incoming.Text[..LongestText] };
        var turn = Guid.CreateVersion7().ToString("N");
        var body = JsonSerializer.Serialize(kept, JsonSerializerOptions.Web);
        if (!await TurnTable.AddAsync(session, turn, conversation, messageId, body, awaited, clock.GetUtcNow()))
            return ((await TurnTable.FindAsync(session, conversation, messageId))!, false);

        await participants.EnsureAsync(session, conversation.Channel, conversation.Address, reference, group);
        await outbox.SendAsync(session, new ConversationTurn(turn, conversation.ToString()));
        return (turn, true);
    }

    /// <summary>Writes down what is known of the turn's files by now.</summary>
    public static Task RememberAsync(Session session, string turn, IncomingMessage incoming) =>
        TurnTable.RememberAsync(session, turn, JsonSerializer.Serialize(incoming, JsonSerializerOptions.Web));
}
