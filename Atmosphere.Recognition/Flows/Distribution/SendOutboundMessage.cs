using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Sends one photo to one participant, unless the consent is gone by now.</summary>
internal sealed class SendOutboundMessage(Database database, IParents parents, TimeProvider clock) : IStep<SendMedia>, IOnExhausted<SendMedia>
{
    public async Task<Effects> HandleAsync(SendMedia message, CancellationToken cancellation)
    {
        // The outside world has no transaction: 'sending' is on the disk before the channel is asked. After a crash in between the
        // channel is asked again with the same delivery, which has one effect at most, or says that it cannot know.
        if (await database.WriteAsync(session => BeginAsync(session, message.Delivery), cancellation) is not { } notice)
            return Effects.None;

        return await parents.SendAsync(notice, cancellation) switch
        {
            SendOutcome.Sent => End(message, DeliveryState.Sent),
            SendOutcome.Refused => End(message, DeliveryState.Failed, "It was refused; the log says why."),
            _ => End(message, DeliveryState.Unknown, "Nobody knows whether the channel has it; the log says why."),
        };
    }

    public Effects Exhausted(SendMedia message, Exception reason) => End(message, DeliveryState.Failed, reason.Message);

    /// <returns>What to send; null where there is nothing to send any more.</returns>
    private async Task<ParentNotice?> BeginAsync(Session session, DeliveryId id)
    {
        var delivery = await DistributionTable.FindAsync(session, id);
        if (delivery is not { State: DeliveryState.Pending or DeliveryState.Sending, Media: { } picture })
            return null;

        var children = await DistributionTable.ChildrenAsync(session, delivery.PhotoId, delivery.ParticipantId);
        if (children.Count == 0)
        {
            var end = delivery.State == DeliveryState.Pending ? DeliveryState.Withheld : DeliveryState.Unknown;
            await EndAsync(session, id, end, "There is no consent.");
            return null;
        }

        _ = await DistributionTable.SetAsync(session, id, DeliveryState.Sending, null, clock.GetUtcNow());
        var values = new Dictionary<string, string> { ["names"] = string.Join(", ", children) };
        return new ParentNotice(id, delivery.ParticipantId, "photo.delivered", values, picture);
    }

    private Effects End(SendMedia message, DeliveryState state, string? error = null) =>
        new Effects().Change(session => EndAsync(session, message.Delivery, state, error));

    private async Task EndAsync(Session session, DeliveryId delivery, DeliveryState state, string? error)
    {
        if (await DistributionTable.SetAsync(session, delivery, state, error, clock.GetUtcNow()))
            session.AfterCommit(() => Telemetry.DeliveryEnded(state));
    }
}
