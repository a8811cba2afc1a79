using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Sends one photo to one participant, unless the consent is gone by now.</summary>
internal sealed class SendOutboundMessage(Database database, IParents parents, IOutbox outbox, Bursts bursts, TimeProvider clock) : IStep<SendMedia>, IOnExhausted<SendMedia>
{
    private const string HeldText =
        "Photos wait for parents who last wrote more than 24 hours ago. Set a template for them, such as Atmosphere:Channels:WhatsApp:Twilio:Templates:Photo:en, "
        + "and send them with 'deliveries resend --state pending'; without one they leave when the parent writes.";

    public async Task<Effects> HandleAsync(SendMedia message, CancellationToken cancellation)
    {
        // The outside world has no transaction: 'sending' is on the disk before the channel is asked. After a crash in between the
        // channel is asked again with the same delivery, which has one effect at most, or says that it cannot know.
        if (await database.WriteAsync(session => BeginAsync(session, message.Delivery), cancellation) is not { } notice)
            return Effects.None;

        return await parents.SendAsync(notice, cancellation) switch
        {
            SendOutcome.Sent => End(message, DeliveryState.Sent),
            SendOutcome.Held => Hold(message),
            SendOutcome.Refused => End(message, DeliveryState.Failed, "It was refused; the log says why."),
            _ => End(message, DeliveryState.Unknown, "Nobody knows whether the channel has it; the log says why."),
        };
    }

    public Effects Exhausted(SendMedia message, Exception reason) =>
        End(message, reason is TryLaterException { MayHaveHappened: true } ? DeliveryState.Unknown : DeliveryState.Failed, reason.Message);

    /// <returns>What to send; null where there is nothing to send any more.</returns>
    private async Task<ParentNotice?> BeginAsync(Session session, DeliveryId id)
    {
        var delivery = await DistributionTable.FindAsync(session, id);
        if (delivery is not { State: DeliveryState.Pending or DeliveryState.Sending, Media: { } picture, Album: null })
            return null;
        // An older copy was restored: it waits until the carrier has said who is in the group.
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
        var values = new Dictionary<string, string> { ["names"] = string.Join(", ", children) };
        return new ParentNotice(id, delivery.ParticipantId, delivery.FoundLater ? "photo.found-later" : "photo.delivered", values, picture);
    }

    private Effects End(SendMedia message, DeliveryState state, string? error = null) =>
        new Effects().Change(session => EndAsync(session, message.Delivery, state, error));

    /// <summary>Operators learn of it once a day, not once a photo.</summary>
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
        if (state != DeliveryState.Sent && await DistributionTable.FindAsync(session, delivery) is { } ended)
            await bursts.MakeUpAsync(session, outbox, ended.PhotoId, ended.ParticipantId);
    }
}
