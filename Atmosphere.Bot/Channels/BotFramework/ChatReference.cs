using System.Text.Json;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>What is needed to write into a conversation without being asked; stored with the participant.</summary>
/// <param name="ServiceUrl">Where its channel takes replies; checked when it came in.</param>
/// <param name="ChannelId">Such as emulator or msteams.</param>
/// <param name="Bot">Our id in that channel.</param>
/// <param name="User">The other's id in that channel.</param>
/// <param name="Conversation">The channel's id of the conversation.</param>
/// <param name="OwnUrl">How the channel reaches this server.</param>
internal sealed record ChatReference(string ServiceUrl, string ChannelId, string Bot, string User, string Conversation, string OwnUrl)
{
    /// <summary>Ids of conversations are unique within a channel only.</summary>
    public ConversationKey Key => new(BotFrameworkChannel.ChannelName, $"{ChannelId}|{Conversation}");

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static ChatReference FromJson(string json) => JsonSerializer.Deserialize<ChatReference>(json, JsonSerializerOptions.Web)!;

    /// <summary>The activity with which the SDK goes on in the conversation.</summary>
    public Activity ToContinuation()
    {
        var reference = new ConversationReference
        {
            ServiceUrl = ServiceUrl,
            ChannelId = ChannelId,
            Bot = ReplyActivity.Bot(Bot),
            User = new ChannelAccount(User),
            Conversation = new ConversationAccount(id: Conversation),
        };
        var activity = reference.GetContinuationActivity();
        // The SDK makes an id up, and every message would be a reply to it.
        activity.Id = null;
        return activity;
    }
}
