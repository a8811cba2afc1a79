using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>
/// Tracks a delivery: sent, delivered, read or failed. Reports may be repeated and in any order; none moves a delivery back.
/// </summary>
internal sealed class TrackDelivery(ISentNotices notices, Bursts bursts, TimeProvider clock) : IStep<DeliveryReported>
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(2);

    public Task<Effects> HandleAsync(DeliveryReported message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change((session, outbox) => TrackAsync(session, outbox, message)));

    private async Task TrackAsync(Session session, IOutbox outbox, DeliveryReported message)
    {
        var delivery = await DistributionTable.FindAsync(session, message.Delivery);
        var taken = await notices.ReportAsync(session, outbox, message, delivery is not null);
        if (delivery is null || taken.Kind == ReportKind.Past)
            return;
        if (taken.Kind == ReportKind.Unknown && delivery.VendorId != message.VendorId)
            return;

        if (taken.Kind == ReportKind.Again)
        {
            // The sending step has not committed yet, and must not find the delivery pending again.
            if (delivery.State == DeliveryState.Sending)
                throw new TryLaterException("The delivery is still being sent.", _soon);
            if (await DistributionTable.AgainAsync(session, message.Delivery, taken.Error))
                await outbox.SendAsync(session, new SendMedia(message.Delivery), taken.Rest);
            return;
        }

        var state = message.Status switch
        {
            DeliveryStatus.Sent => DeliveryState.Sent,
            DeliveryStatus.Delivered => DeliveryState.Delivered,
            DeliveryStatus.Read => DeliveryState.Read,
            _ => DeliveryState.Failed,
        };
        var error = state == DeliveryState.Failed ? taken.Error ?? "The channel could not deliver it." : null;
        if (!await DistributionTable.ReportAsync(session, message.Delivery, state, message.VendorId, error, clock.GetUtcNow()))
            return;
        session.AfterCommit(() => Telemetry.DeliveryEnded(state));
        if (state != DeliveryState.Failed)
            await bursts.SentAsync(session, delivery.PhotoId, delivery.ParticipantId);
        else
            await bursts.MakeUpAsync(session, outbox, delivery.PhotoId, delivery.ParticipantId);
    }
}
