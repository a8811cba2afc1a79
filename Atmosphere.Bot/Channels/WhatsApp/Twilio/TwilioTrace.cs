using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>
/// Searches Twilio's list for a message whose call had no known outcome. Only certain results count: an unclaimed message with the same
/// text, or no such message for long enough. A delivery report, which names the reply, settles it at any time.
/// </summary>
internal sealed class TwilioTrace(
    Database database, TwilioMessages messages, IOptions<TwilioSendingOptions> sending, TimeProvider clock)
{
    // Allowance for different clocks.
    private static readonly TimeSpan _slack = TimeSpan.FromMinutes(5);

    public async Task<ReplyTrace> FindAsync(WhatsAppMessage message, string from, CancellationToken cancellation)
    {
        var began = DateTimeOffset.FromUnixTimeMilliseconds(message.Reply.SendingAt ?? 0);
        var page = await messages.ListAsync(WhatsAppAddress.Prefix + message.To, from, cancellation);
        var since = page.Messages.Where(sent => sent.Created >= began - _slack).ToList();
        var under = since.Where(sent => sent.IsUnderWay).ToList();
        var (free, hasOthers) = await database.ReadAsync(
            async session => (await ReplyStore.UnclaimedAsync(session, [.. under.Select(sent => sent.Sid)]), await ReplyStore.HasOthersInCallAsync(session, message.Reply)),
            cancellation);
        var same = under.Where(sent => free.Contains(sent.Sid) && (message.Reply.Template == 1 || sent.Body.StartsWith(message.Text, StringComparison.Ordinal))).ToList();
        if (free.Count > 0)
            return same.Count == 1 && !hasOthers ? new ReplyTrace(TraceKind.Found, same[0].Sid) : new ReplyTrace(TraceKind.Unclear);
        if (page.IsFull && since.Count == page.Messages.Count)
            return new ReplyTrace(TraceKind.Unclear);

        var rest = began + sending.Value.AskAfter - clock.GetUtcNow();
        return rest > TimeSpan.Zero
            ? throw new TryLaterException("Twilio's list does not name the message yet; it is asked again.", rest) { MayHaveHappened = true }
            : new ReplyTrace(TraceKind.Missing);
    }
}
