using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>Writes to conversations of this server, in the same database and therefore exactly once.</summary>
internal sealed class DirectLineChannel(DirectLineActivities activities, DirectLineFeed feed, DirectLineTyping typing) : IChannel
{
    public const string ChannelName = "directline";

    /// <summary>Prefix of a placeholder for a link that is created when the activity is read.</summary>
    public const string StoredPicture = "media:";

    public string Name => ChannelName;

    public Task ShowTypingAsync(ConversationKey conversation, CancellationToken cancellation)
    {
        typing.Begin(conversation.Address);
        feed.Changed(conversation.Address);
        return Task.CompletedTask;
    }

    public async Task ReplyAsync(
        Session session, IOutbox outbox, ConversationKey conversation, string turn, IReadOnlyList<Reply> replies, bool awaited)
    {
        typing.End(conversation.Address);
        for (var index = 0; index < replies.Count; index++)
            await AppendAsync(session, conversation, $"{turn}-{index}", replies[index]);
    }

    public void Committed(ConversationKey conversation, string turn) => feed.Changed(conversation.Address);

    public async Task<bool> StoreAsync(Session session, ConversationKey conversation, string delivery, Reply reply)
    {
        if (!await DirectLineTable.ExistsAsync(session, conversation.Address))
            return false;
        await AppendAsync(session, conversation, delivery, reply);
        return true;
    }

    public Task<SendOutcome> SendStoredAsync(ConversationKey conversation, string delivery, Reply reply, CancellationToken cancellation)
    {
        feed.Changed(conversation.Address);
        return Task.FromResult(SendOutcome.Sent);
    }

    private Task<long> AppendAsync(Session session, ConversationKey conversation, string sourceId, Reply reply) =>
        activities.AppendAsync(
            session, conversation.Address, sourceId, ReplyActivity.Of(reply, (reply.Picture ?? reply.File?.Media) is { } media ? StoredPicture + media : null));
}
