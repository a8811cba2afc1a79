using System.Text.Json;
using Atmosphere.Bot.Channels.Activities;
using Atmosphere.Bot.Turns;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>What is needed to write into a conversation without being asked.</summary>
/// <param name="ServiceUrl">Where its channel takes replies; checked when it came in.</param>
/// <param name="ChannelId">Such as emulator or msteams.</param>
/// <param name="Bot">Our id in that channel.</param>
/// <param name="User">The other's id in that channel.</param>
/// <param name="Conversation">The channel's id of the conversation.</param>
/// <param name="OwnUrl">How the channel reaches this server.</param>
internal sealed record ConversationReference(string ServiceUrl, string ChannelId, string Bot, string User, string Conversation, string OwnUrl)
{
    public const string ChannelName = "botframework";

    /// <summary>Ids of conversations are unique within a channel only.</summary>
    public ConversationKey Key => new(ChannelName, $"{ChannelId}|{Conversation}");

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static ConversationReference FromJson(string json) =>
        JsonSerializer.Deserialize<ConversationReference>(json, JsonSerializerOptions.Web)!;

    /// <summary>The activity as the channel wants it addressed.</summary>
    public Activity Address(Activity activity, string? replyToId) => activity with
    {
        ChannelId = ChannelId,
        ServiceUrl = ServiceUrl,
        From = new ChannelAccount(Bot, ActivityOf.Bot.Name, "bot"),
        Recipient = new ChannelAccount(User),
        Conversation = new ConversationAccount(Conversation),
        ReplyToId = replyToId,
    };
}
