using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Channels.Replies;

/// <summary>A stored reply is to be sent.</summary>
/// <param name="Reply">Id of the row.</param>
/// <param name="Conversation">Replies of one conversation leave one after the other.</param>
internal sealed record ReplyWaiting(string Reply, string Conversation) : IMessage
{
    public string? OrderKey => Conversation;
}
