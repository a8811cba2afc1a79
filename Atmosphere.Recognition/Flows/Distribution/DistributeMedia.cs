using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Decides who gets a photo: one delivery for each guardian, however many of their children are in it.</summary>
internal sealed class DistributeMedia(Database database, IMediaStore media, PhotoEncoder encoder, TimeProvider clock)
    : IStep<DistributePhoto>, IOnExhausted<DistributePhoto>
{
    public async Task<Effects> HandleAsync(DistributePhoto message, CancellationToken cancellation)
    {
        var (photo, recipients) = await database.ReadAsync(
            async session => (await PhotoTable.FindAsync(session, message.Photo), await DistributionTable.MissingAsync(session, message.Photo)),
            cancellation);
        var effects = new Effects().Change(session => PhotoTable.DistributedAsync(session, message.Photo, clock.GetUtcNow()));
        if (photo?.Media is not { } original || recipients.Count == 0)
            return effects;

        // Its refusal is logged, and the sender's name for the photo has no place there.
        var bytes = encoder.StripMetadata(await media.GetAsync(original, cancellation), "The photo");
        var picture = await media.PutAsync(MediaBucket.Outbound, bytes, "image/jpeg", cancellation);
        return effects.Change(async (session, outbox) =>
        {
            foreach (var recipient in recipients)
                await DeliverAsync(session, outbox, message.Photo, recipient, picture);
        });
    }

    public Effects Exhausted(DistributePhoto message, Exception reason) =>
        new Effects().Change(session => PhotoTable.FailAsync(session, message.Photo, reason.Message, clock.GetUtcNow()));

    private async Task DeliverAsync(Session session, IOutbox outbox, PhotoId photo, ParticipantId recipient, MediaKey picture)
    {
        var delivery = DeliveryId.New();
        if (await DistributionTable.AddAsync(session, delivery, photo, recipient, picture, clock.GetUtcNow()))
            await outbox.SendAsync(session, new SendMedia(delivery));
    }
}
