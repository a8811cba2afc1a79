using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Sends one photo to one participant, unless consent has been withdrawn.</summary>
internal sealed class SendOutboundMessage(Database database, IParents parents, IOutbox outbox, Bursts bursts, TimeProvider clock) : IStep<SendMedia>, IOnExhausted<SendMedia>
{
    private const string HeldText =
        "Photos wait for parents who last wrote more than 24 hours ago. Set a template for them, such as Atmosphere:Channels:WhatsApp:Twilio:Templates:Photo:en, "
        + "and send them with 'deliveries resend --state pending'; without one they leave when the parent writes.";

    public async Task<Effects> HandleAsync(SendMedia message, CancellationToken cancellation)
    {
        // The channel has no transactions: 'sending' is committed before the call. After a crash in between the channel is called again
        // with the same delivery id, which has at most one effect, or reports that the outcome is unknown.
        if (await database.WriteAsync(session => BeginAsync(session, message.Delivery), cancellation) is not { } notice)
            return Effects.None;

        return await parents.SendAsync(notice, cancellation) switch
        {
            SendOutcome.Sent => End(message, DeliveryState.Sent),
            SendOutcome.Held => Hold(message),
            SendOutcome.Outdated => Again(message),
            SendOutcome.Refused => End(message, DeliveryState.Failed, "It was refused; the log says why."),
            _ => End(message, DeliveryState.Unknown, "Nobody knows whether the channel has it; the log says why."),
        };
    }

    public Effects Exhausted(SendMedia message, Exception reason) =>
        End(message, reason is TryLaterException { MayHaveHappened: true } ? DeliveryState.Unknown : DeliveryState.Failed, reason.Message);

    /// <returns>The notice to send; null if there is nothing to send any more.</returns>
    private async Task<ParentNotice?> BeginAsync(Session session, DeliveryId id)
    {
        var delivery = await DistributionTable.FindAsync(session, id);
        if (delivery is not { State: DeliveryState.Pending or DeliveryState.Sending, Media: { } picture, Album: null })
            return null;
        // After restoring a backup the delivery waits until the carrier has listed the group's members.
        if (await UnverifiedGroups.HasAsync(session, delivery.PhotoId))
            return null;
        if (delivery.State == DeliveryState.Pending && (await DistributionTable.WishesAsync(session, delivery.ParticipantId)).IsPaused)
        {
            await EndAsync(session, id, DeliveryState.Withheld, Withheld.Paused);
            return null;
        }

        var children = await DistributionTable.ChildrenAsync(session, delivery.PhotoId, delivery.ParticipantId);
        if (children.Count == 0)
        {
            var end = delivery.State == DeliveryState.Pending ? DeliveryState.Withheld : DeliveryState.Unknown;
            await EndAsync(session, id, end, Withheld.NoConsent);
            return null;
        }

        _ = await DistributionTable.SetAsync(session, id, DeliveryState.Sending, null, clock.GetUtcNow());
        var values = new Dictionary<string, string> { ["names"] = string.Join(", ", children.Select(child => child.Name)) };
        return new ParentNotice(id, delivery.ParticipantId, delivery.FoundLater ? "photo.found-later" : "photo.delivered", values, picture)
        {
            Mark = await ErasureMark.ReadAsync(session),
        };
    }

    private Effects End(SendMedia message, DeliveryState state, string? error = null) =>
        new Effects().Change(session => EndAsync(session, message.Delivery, state, error));

    /// <summary>Nothing was sent: it begins anew, with the children who are left.</summary>
    private Effects Again(SendMedia message) =>
        new Effects().Change(session => DistributionTable.SetAsync(session, message.Delivery, DeliveryState.Pending, null, clock.GetUtcNow())).Send(message);

    /// <summary>Operators are notified once a day, not once per photo.</summary>
    private Effects Hold(SendMedia message) => new Effects().Change(async session =>
    {
        var now = clock.GetUtcNow();
        var delivery = await DistributionTable.FindAsync(session, message.Delivery);
        if (await DistributionTable.HoldAsync(session, message.Delivery, "It waits until the parent writes: the channel takes nothing before.", now))
            await Notifications.AddDailyAsync(session, NotificationKind.DeliveryHeld, delivery!.PhotoId, HeldText, now);
    });

    private async Task EndAsync(Session session, DeliveryId delivery, DeliveryState state, string? error)
    {
        if (!await DistributionTable.SetAsync(session, delivery, state, error, clock.GetUtcNow()))
            return;
        session.AfterCommit(() => Telemetry.DeliveryEnded(state));
        if (await DistributionTable.FindAsync(session, delivery) is not { } ended)
            return;
        if (state == DeliveryState.Sent)
            await bursts.SentAsync(session, ended.PhotoId, ended.ParticipantId);
        else
            await bursts.MakeUpAsync(session, outbox, ended.PhotoId, ended.ParticipantId);
    }
}
