using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Replies;

/// <summary>What channels report of replies that they took.</summary>
internal sealed class SentNotices(ReplyStore store, IEnumerable<IReplyCarrier> carriers, ILogger<SentNotices> log) : ISentNotices
{
    private const int MostAttempts = 3;

    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _rest = TimeSpan.FromMinutes(1);

    public async Task<ReportTaken> ReportAsync(Session session, IOutbox outbox, DeliveryReported report, bool isPhoto)
    {
        var reply = await ReplyStore.FindAsync(session, report.Delivery.Value);
        var carrier = carriers.FirstOrDefault(carrier => carrier.Channel == reply?.Key.Channel);
        if (reply is null || carrier is null)
            return new ReportTaken(ReportKind.Unknown);
        // What waits was never called, or what it is about was an attempt before.
        if (report.VendorId == reply.UndeliveredId || reply.State == ReplyStore.Waiting || (reply.VendorId is { } known && known != report.VendorId))
            return new ReportTaken(ReportKind.Past);
        return report.Status == DeliveryStatus.Failed
            ? await FailedAsync(session, outbox, reply, carrier, report, isPhoto)
            : await ArrivedAsync(session, reply, report);
    }

    /// <summary>The report may be quicker than the result of the call, and after a crash it is all there is.</summary>
    private async Task<ReportTaken> ArrivedAsync(Session session, StoredReply reply, DeliveryReported report)
    {
        var isThere = report.Status is DeliveryStatus.Delivered or DeliveryStatus.Read;
        foreach (var state in new[] { ReplyStore.Sending, ReplyStore.Unknown }.Concat(isThere ? [ReplyStore.Sent, ReplyStore.Refused] : []))
        {
            if (reply.State == state)
                _ = await store.MoveAsync(session, reply.Id, state, ReplyStore.Sent, vendorId: report.VendorId, keepWords: !isThere);
        }

        return new ReportTaken(ReportKind.Current);
    }

    private async Task<ReportTaken> FailedAsync(
        Session session, IOutbox outbox, StoredReply reply, IReplyCarrier carrier, DeliveryReported report, bool isPhoto)
    {
        if (reply.State == ReplyStore.Sending)
            throw new TryLaterException("The reply is still being sent.", _soon);
        if (reply.State == ReplyStore.Refused)
            return new ReportTaken(ReportKind.Current);

        var undelivered = await carrier.JudgeAsync(session, reply, report.Error);
        await carrier.RememberAsync(session, reply, undelivered);
        var again = undelivered.Kind is UndeliveredKind.Closed or UndeliveredKind.ForNow && reply.Attempts < MostAttempts && (isPhoto || reply.Body is not null);
        if (!again)
        {
            _ = await store.MoveAsync(session, reply.Id, reply.State, ReplyStore.Refused, undelivered.Reason, report.VendorId);
            log.LogWarning("The reply or delivery {Reply} did not arrive: {Reason}", reply.Id, undelivered.Reason);
            return new ReportTaken(ReportKind.Current, undelivered.Reason);
        }

        if (reply.VendorId is null)
            _ = await store.MoveAsync(session, reply.Id, reply.State, reply.State, null, report.VendorId, keepWords: true);
        await ReplyStore.AgainAsync(session, reply.Id, undelivered.Reason);
        var rest = undelivered.Kind == UndeliveredKind.ForNow ? _rest * Math.Pow(2, reply.Attempts) : TimeSpan.Zero;
        if (!isPhoto)
            await outbox.SendAsync(session, new ReplyWaiting(reply.Id, reply.Conversation), rest);
        return new ReportTaken(ReportKind.Again, undelivered.Reason, rest);
    }
}
