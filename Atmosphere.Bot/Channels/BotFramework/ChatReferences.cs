using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Finds how to write into a conversation.</summary>
internal static class ChatReferences
{
    /// <exception cref="HopelessException">Nobody of that conversation is known.</exception>
    public static async Task<ChatReference> FindAsync(Session session, ConversationKey conversation)
    {
        var json = await session.QuerySingleOrDefaultAsync<string>(
            "SELECT reference FROM participants WHERE channel = @channel AND address = @address",
            new { channel = conversation.Channel, address = conversation.Address });
        return json is null ? throw new HopelessException("The conversation of the reply is unknown.") : ChatReference.FromJson(json);
    }
}
