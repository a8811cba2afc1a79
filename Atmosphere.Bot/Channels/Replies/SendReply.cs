using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Replies;

/// <summary>Sends a waiting reply; definite failures are tried again.</summary>
internal sealed class SendReply(ReplySender sender, ReplyStore store) : IStep<ReplyWaiting>, IOnExhausted<ReplyWaiting>
{
    public async Task<Effects> HandleAsync(ReplyWaiting message, CancellationToken cancellation)
    {
        // Sent or not, this is the end of it: the sender has stored the outcome and logged any other than sent.
        _ = await sender.SendAsync(message.Reply, cancellation);
        return Effects.None;
    }

    public Effects Exhausted(ReplyWaiting message, Exception reason) => Effects.None.Change(async (Session session) =>
    {
        _ = await store.MoveAsync(session, message.Reply, ReplyStore.Waiting, ReplyStore.Refused, $"Given up: {reason.Message}");
        _ = await store.MoveAsync(session, message.Reply, ReplyStore.Sending, ReplyStore.Unknown, $"Given up: {reason.Message} It may have arrived.");
    });
}
