using System.Text.Json;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>The data needed for a proactive message to a conversation; stored with the participant.</summary>
/// <param name="ServiceUrl">The channel's address for replies, checked on arrival.</param>
/// <param name="ChannelId">Such as emulator or msteams.</param>
/// <param name="Bot">The bot's id in that channel.</param>
/// <param name="User">The user's id in that channel.</param>
/// <param name="Conversation">The channel's id of the conversation.</param>
/// <param name="OwnUrl">The address by which the channel reaches this server.</param>
internal sealed record ChatReference(string ServiceUrl, string ChannelId, string Bot, string User, string Conversation, string OwnUrl)
{
    /// <summary>Conversation ids are unique only within a channel.</summary>
    public ConversationKey Key => new(BotFrameworkChannel.ChannelName, $"{ChannelId}|{Conversation}");

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static ChatReference FromJson(string json) => JsonSerializer.Deserialize<ChatReference>(json, JsonSerializerOptions.Web)!;

    /// <summary>The activity with which the SDK continues the conversation.</summary>
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
        // The SDK invents an id, which would make every message a reply to it.
        activity.Id = null;
        return activity;
    }
}
