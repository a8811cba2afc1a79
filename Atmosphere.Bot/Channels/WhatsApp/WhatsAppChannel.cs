using System.Globalization;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>Writes to private WhatsApp chats: a row first, then the call.</summary>
internal sealed class WhatsAppChannel(Database database, ReplyStore store, ReplySender sender) : IChannel
{
    public string Name => WhatsAppAddress.Channel;

    public bool NumbersButtons => true;

    // Twilio shows it only together with a mark that the message was read.
    public Task ShowTypingAsync(ConversationKey conversation, CancellationToken cancellation) => Task.CompletedTask;

    public async Task ReplyAsync(
        Session session, IOutbox outbox, ConversationKey conversation, string turn, IReadOnlyList<Reply> replies, bool awaited)
    {
        // First, so that the last numbers they read are those of the answer.
        await ReleaseAsync(session, outbox, conversation);
        for (var index = 0; index < replies.Count; index++)
        {
            foreach (var id in await AddAsync(session, string.Create(CultureInfo.InvariantCulture, $"{turn}-{index}"), conversation, turn, replies[index]))
                await outbox.SendAsync(session, new ReplyWaiting(id, conversation.ToString()));
        }
    }

    public void Committed(ConversationKey conversation, string turn)
    {
    }

    public async Task<SendOutcome> SendAsync(ConversationKey conversation, string delivery, Reply reply, CancellationToken cancellation)
    {
        var parts = await database.WriteAsync(session => AddAsync(session, delivery, conversation, null, reply), cancellation);
        var outcome = await sender.SendAsync(parts[0], cancellation);
        foreach (var part in outcome == SendOutcome.Sent ? parts.Skip(1) : [])
            _ = await sender.SendAsync(part, cancellation);
        return outcome;
    }

    /// <summary>Whoever has written gets what waited for that; if what they wrote is that they want no more, only what they asked for themselves.</summary>
    private static async Task ReleaseAsync(Session session, IOutbox outbox, ConversationKey conversation)
    {
        if (await WhatsAppChat.FindAsync(session, conversation) is not { } chat)
            return;

        foreach (var reply in await ReplyStore.HeldAsync(session, conversation))
        {
            var delivery = new DeliveryId(reply.Id);
            var isPhoto = reply.Turn is null && await Deliveries.IsOneAsync(session, delivery);
            if (chat.StoppedAt is not null && (isPhoto || (reply.Turn is null && reply.AskedFor == 0)))
                continue;
            // A photo goes the way of photos, where it is asked again who may have it; one that was withheld meanwhile goes nowhere.
            if (isPhoto && (await Deliveries.ReleaseAsync(session, [delivery])).Count == 0)
            {
                await ReplyStore.RefuseAsync(session, reply.Id, "It was withheld while it waited.");
                continue;
            }

            await ReplyStore.ReleaseAsync(session, reply.Id);
            await outbox.SendAsync(session, isPhoto ? new SendMedia(delivery) : (IMessage)new ReplyWaiting(reply.Id, reply.Conversation));
        }
    }

    /// <returns>The ids of its messages.</returns>
    private async Task<IReadOnlyList<string>> AddAsync(Session session, string id, ConversationKey conversation, string? turn, Reply reply)
    {
        var ids = new List<string>();
        var media = reply.Picture ?? reply.File?.Media;
        // What nobody asked for is no question that a number answers: the last one that was asked still stands.
        foreach (var (index, text) in WhatsAppText.Parts(reply, isAnswer: turn is not null).Index())
        {
            ids.Add(index == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}_{index + 1}"));
            await store.AddAsync(session, ids[^1], conversation, turn, index, WhatsAppWords.Write(text), index == 0 ? media : null, reply.AskedFor);
        }

        return ids;
    }
}
