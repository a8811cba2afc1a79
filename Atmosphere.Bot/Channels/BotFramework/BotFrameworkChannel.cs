using System.Globalization;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Sends replies to Bot Framework conversations on other servers: stores a row first, then calls.</summary>
internal sealed class BotFrameworkChannel(ReplyStore store, ReplySender sender, TypingSender typing, AwaitedTurns awaitedTurns) : IChannel
{
    public const string ChannelName = "botframework";

    public string Name => ChannelName;

    public Task ShowTypingAsync(ConversationKey conversation, CancellationToken cancellation) => typing.SendAsync(conversation, cancellation);

    public async Task ReplyAsync(
        Session session, IOutbox outbox, ConversationKey conversation, string turn, IReadOnlyList<Reply> replies, bool awaited)
    {
        for (var index = 0; index < replies.Count; index++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{turn}-{index}");
            await AddAsync(session, id, conversation, turn, index, replies[index]);
            if (!awaited)
                await outbox.SendAsync(session, new ReplyWaiting(id, conversation.ToString()));
        }
    }

    public void Committed(ConversationKey conversation, string turn) => awaitedTurns.Answered(turn);

    public async Task<bool> StoreAsync(Session session, ConversationKey conversation, string delivery, Reply reply)
    {
        await AddAsync(session, delivery, conversation, null, 0, reply);
        return true;
    }

    public Task<SendOutcome> SendStoredAsync(ConversationKey conversation, string delivery, Reply reply, CancellationToken cancellation) =>
        sender.SendAsync(delivery, cancellation);

    private Task AddAsync(Session session, string id, ConversationKey conversation, string? turn, int position, Reply reply) =>
        store.AddAsync(session, id, conversation, turn, position, ActivityJson.Write(ReplyActivity.Of(reply, null)), reply.Picture ?? reply.File?.Media);
}
