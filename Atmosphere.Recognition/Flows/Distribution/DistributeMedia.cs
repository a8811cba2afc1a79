using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Decides who gets a photo: one delivery for each guardian, however many of their children are in it.</summary>
/// <remarks>Who pauses gets none, who wants an album gets it in the evening, and who has a photo of nearly the same moment gets no second one.</remarks>
internal sealed class DistributeMedia(
    Database database, IMediaStore media, RecentPhotos photos, PhotoEncoder encoder, FailedPhotos failed, Bursts bursts, TimeProvider clock)
    : IStep<DistributePhoto>, IOnExhausted<DistributePhoto>
{
    public async Task<Effects> HandleAsync(DistributePhoto message, CancellationToken cancellation)
    {
        var (photo, recipients) = await database.ReadAsync(
            async session => (await PhotoTable.FindAsync(session, message.Photo), await DistributionTable.MissingAsync(session, message.Photo)),
            cancellation);
        var again = false;
        var effects = new Effects()
            .Change(async session => again = !await EndAsync(session, message.Photo))
            .Change(session => PassOverStoppedAsync(session, message.Photo));
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
        var used = false;
        return effects
            .Change(async (session, outbox) =>
            {
                var twins = await bursts.TwinsAsync(session, message.Photo);
                // Somebody may have been removed since: who may have the photo is asked again where it is written.
                foreach (var recipient in recipients.Intersect(await DistributionTable.MissingAsync(session, message.Photo)))
                    used |= await DeliverAsync(session, outbox, message.Photo, recipient, picture, twins, again && !message.PassedOver);
            })
            .Afterwards(() => used ? Task.CompletedTask : media.DeleteAsync(picture, CancellationToken.None));
    }

    public Effects Exhausted(DistributePhoto message, Exception reason) =>
        failed.Failed(message.Photo, nameof(DistributeMedia), reason);

    /// <returns>False where the photo had gone out before.</returns>
    private async Task<bool> EndAsync(Session session, PhotoId photo)
    {
        var now = clock.GetUtcNow();
        if (!await PhotoTable.DistributedAsync(session, photo, now))
            return false;

        var state = (await PhotoTable.FindAsync(session, photo))!.State;
        session.AfterCommit(() => Telemetry.PhotoEnded(state));
        await PhotoSteps.EndedAsync(session, photo, nameof(DistributeMedia), null, now);
        return true;
    }

    /// <summary>Who opts in again is not sent what was posted meanwhile, whenever the photo is looked at again.</summary>
    private async Task PassOverStoppedAsync(Session session, PhotoId photo)
    {
        foreach (var stopped in await DistributionTable.StoppedAsync(session, photo))
            await DistributionTable.WithholdAsync(session, photo, stopped, Withheld.Stopped, clock.GetUtcNow());
    }

    /// <returns>Whether the picture is needed.</returns>
    private async Task<bool> DeliverAsync(
        Session session, IOutbox outbox, PhotoId photo, ParticipantId recipient, MediaKey picture, IReadOnlyList<PhotoId> twins, bool foundLater)
    {
        var (now, wishes) = (clock.GetUtcNow(), await DistributionTable.WishesAsync(session, recipient));
        if (wishes.IsPaused || await DistributionTable.HasOneAsync(session, recipient, twins))
        {
            await DistributionTable.WithholdAsync(session, photo, recipient, wishes.IsPaused ? Withheld.Paused : Withheld.Burst, now);
            return false;
        }

        var delivery = DeliveryId.New();
        if (!await DistributionTable.AddAsync(session, delivery, photo, recipient, picture, now, wishes.Daily ? DistributionTable.Waiting : null, foundLater))
            return false;
        // What is found later is many photos at once: they go out one after the other, in the order in which they were found.
        if (!wishes.Daily)
            await outbox.SendAsync(session, new SendMedia(delivery, foundLater ? recipient : null));
        return true;
    }
}
