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

/// <summary>Sends replies to private WhatsApp chats: stores a row first, then calls.</summary>
internal sealed class WhatsAppChannel(ReplyStore store, ReplySender sender) : IChannel
{
    public string Name => WhatsAppAddress.Channel;

    public bool NumbersButtons => true;

    // Twilio shows a typing indicator only together with a read receipt.
    public Task ShowTypingAsync(ConversationKey conversation, CancellationToken cancellation) => Task.CompletedTask;

    public async Task ReplyAsync(
        Session session, IOutbox outbox, ConversationKey conversation, string turn, IReadOnlyList<Reply> replies, bool awaited)
    {
        // Held messages go first, so that the last numbers the user reads are those of the answer.
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

    public async Task<bool> StoreAsync(Session session, ConversationKey conversation, string delivery, Reply reply) =>
        (await AddAsync(session, delivery, conversation, null, reply)).Count > 0;

    public async Task<SendOutcome> SendStoredAsync(ConversationKey conversation, string delivery, Reply reply, CancellationToken cancellation)
    {
        var (outcome, parts) = (await sender.SendAsync(delivery, cancellation), WhatsAppText.Parts(reply, isAnswer: false).Count);
        for (var index = 1; outcome == SendOutcome.Sent && index < parts; index++)
            _ = await sender.SendAsync(IdOf(delivery, index), cancellation);
        return outcome;
    }

    /// <summary>Releases held messages after the user has written; after an opt-out only those that the user asked for.</summary>
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
            // A photo goes through the flow of deliveries, which checks permission again; one that was withheld meanwhile is not sent.
            if (isPhoto && (await Deliveries.ReleaseAsync(session, [delivery])).Count == 0)
            {
                await ReplyStore.RefuseAsync(session, reply.Id, "It was withheld while it waited.");
                continue;
            }

            await ReplyStore.ReleaseAsync(session, reply.Id);
            await outbox.SendAsync(session, isPhoto ? new SendMedia(delivery) : (IMessage)new ReplyWaiting(reply.Id, reply.Conversation));
        }
    }

    /// <returns>The ids of the reply's messages.</returns>
    private async Task<IReadOnlyList<string>> AddAsync(Session session, string id, ConversationKey conversation, string? turn, Reply reply)
    {
        var ids = new List<string>();
        var media = reply.Picture ?? reply.File?.Media;
        // An unrequested message does not replace the last question: a typed number still answers that question.
        foreach (var (index, text) in WhatsAppText.Parts(reply, isAnswer: turn is not null).Index())
        {
            ids.Add(IdOf(id, index));
            await store.AddAsync(session, ids[^1], conversation, turn, index, WhatsAppWords.Write(text), index == 0 ? media : null, reply.AskedFor);
        }

        return ids;
    }

    private static string IdOf(string id, int index) => index == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}_{index + 1}");
}
