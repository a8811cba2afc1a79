using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Decides who gets a photo: one delivery for each guardian, however many of their children are in it.</summary>
internal sealed class DistributeMedia(Database database, IMediaStore media, RecentPhotos photos, PhotoEncoder encoder, FailedPhotos failed, TimeProvider clock)
    : IStep<DistributePhoto>, IOnExhausted<DistributePhoto>
{
    public async Task<Effects> HandleAsync(DistributePhoto message, CancellationToken cancellation)
    {
        var (photo, recipients) = await database.ReadAsync(
            async session => (await PhotoTable.FindAsync(session, message.Photo), await DistributionTable.MissingAsync(session, message.Photo)),
            cancellation);
        var effects = new Effects().Change(session => EndAsync(session, message.Photo));
        if (photo?.Media is not { } original || recipients.Count == 0)
            return effects;

        byte[] bytes;
        try
        {
            bytes = encoder.EncodeToSend(await photos.GetAsync(original, photo.FileName, cancellation));
        }
        catch (Exception error) when (error is PhotoRefusedException or MediaNotFoundException)
        {
            return failed.Refused(message.Photo, nameof(DistributeMedia), error);
        }

        var picture = await media.PutAsync(MediaBucket.Outbound, bytes, "image/jpeg", cancellation);
        return effects.Change(async (session, outbox) =>
        {
            foreach (var recipient in recipients)
                await DeliverAsync(session, outbox, message.Photo, recipient, picture);
        });
    }

    public Effects Exhausted(DistributePhoto message, Exception reason) =>
        failed.Failed(message.Photo, nameof(DistributeMedia), reason);

    private async Task EndAsync(Session session, PhotoId photo)
    {
        var now = clock.GetUtcNow();
        if (!await PhotoTable.DistributedAsync(session, photo, now))
            return;

        var state = (await PhotoTable.FindAsync(session, photo))!.State;
        session.AfterCommit(() => Telemetry.PhotoEnded(state));
        await PhotoSteps.EndedAsync(session, photo, nameof(DistributeMedia), null, now);
    }

    private async Task DeliverAsync(Session session, IOutbox outbox, PhotoId photo, ParticipantId recipient, MediaKey picture)
    {
        var delivery = DeliveryId.New();
        if (await DistributionTable.AddAsync(session, delivery, photo, recipient, picture, clock.GetUtcNow()))
            await outbox.SendAsync(session, new SendMedia(delivery));
    }
}
