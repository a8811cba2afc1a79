using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Finds the data needed to write to a conversation.</summary>
internal static class ChatReferences
{
    /// <exception cref="HopelessException">The conversation has no known participant.</exception>
    public static async Task<ChatReference> FindAsync(Session session, ConversationKey conversation)
    {
        var json = await Participants.ReferenceAsync(session, conversation.Channel, conversation.Address);
        return json is null ? throw new HopelessException("The conversation of the reply is unknown.") : ChatReference.FromJson(json);
    }
}
