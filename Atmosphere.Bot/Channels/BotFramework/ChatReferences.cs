using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Finds how to write into a conversation.</summary>
internal static class ChatReferences
{
    /// <exception cref="HopelessException">Nobody of that conversation is known.</exception>
    public static async Task<ChatReference> FindAsync(Session session, ConversationKey conversation)
    {
        var json = await Participants.ReferenceAsync(session, conversation.Channel, conversation.Address);
        return json is null ? throw new HopelessException("The conversation of the reply is unknown.") : ChatReference.FromJson(json);
    }
}
