using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Decides the recipients of a photo: one delivery per guardian, however many of their children it shows.</summary>
/// <remarks>A paused participant gets none; an album participant gets it in the evening; a near-duplicate is not sent twice.</remarks>
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
            .Change(session => PassOverStoppedAsync(session, message.Photo))
            .Change((session, outbox) => CheckMatchesAsync(session, outbox, message.Photo));
        if (photo?.Media is not { } original || recipients.Count == 0)
            return effects;

        byte[] bytes;
        try
        {
            bytes = encoder.EncodeToSend(await photos.GetAsync(original, photo.FileName, photo.ToUpright, cancellation));
        }
        catch (Exception error) when (error is PhotoRefusedException or MediaNotFoundException)
        {
            return failed.Refused(message.Photo, nameof(DistributeMedia), error);
        }

        var picture = await media.PutAsync(MediaBucket.Outbound, bytes, "image/jpeg", Subjects.Delivery(message.Photo), cancellation);
        var used = false;
        return effects
            .Change(async (session, outbox) =>
            {
                var twins = await bursts.TwinsAsync(session, message.Photo);
                // A person may have been removed since, so the recipients are queried again in this transaction.
                foreach (var recipient in recipients.Intersect(await DistributionTable.MissingAsync(session, message.Photo)))
                    used |= await DeliverAsync(session, outbox, message.Photo, recipient, picture, twins, again && !message.PassedOver);
            })
            .Afterwards(() => used ? Task.CompletedTask : media.DeleteAsync(picture, CancellationToken.None));
    }

    public Effects Exhausted(DistributePhoto message, Exception reason) =>
        failed.Failed(message.Photo, nameof(DistributeMedia), reason);

    /// <returns>False if the photo was distributed before.</returns>
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

    /// <summary>Withholds the photo from participants who opted out, so that they do not get it after opting in again.</summary>
    private async Task PassOverStoppedAsync(Session session, PhotoId photo)
    {
        foreach (var stopped in await DistributionTable.StoppedAsync(session, photo))
            await DistributionTable.WithholdAsync(session, photo, stopped, Withheld.Stopped, clock.GetUtcNow());
    }

    private static async Task CheckMatchesAsync(Session session, IOutbox outbox, PhotoId photo)
    {
        foreach (var person in await MatchChecks.DueAsync(session, photo))
            await outbox.SendAsync(session, new CheckFirstMatches(person));
    }

    /// <returns>True if the picture is needed.</returns>
    private async Task<bool> DeliverAsync(
        Session session, IOutbox outbox, PhotoId photo, ParticipantId recipient, MediaKey picture, IReadOnlyList<PhotoId> twins, bool foundLater)
    {
        var (now, wishes) = (clock.GetUtcNow(), await DistributionTable.WishesAsync(session, recipient));
        if (wishes.IsPaused || await DistributionTable.HasOneAsync(session, recipient, twins))
        {
            await DistributionTable.WithholdAsync(session, photo, recipient, wishes.IsPaused ? Withheld.Paused : Withheld.Burst, now);
            return false;
        }

        if (await bursts.IsRepostAsync(session, photo, recipient))
        {
            await DistributionTable.WithholdAsync(session, photo, recipient, Withheld.Repost, now);
            return false;
        }

        var delivery = DeliveryId.New();
        if (!await DistributionTable.AddAsync(session, delivery, photo, recipient, picture, now, wishes.Daily ? DistributionTable.Waiting : null, foundLater))
            return false;
        // Photos found later may be many at once: they are sent one at a time, in the order in which they were found.
        if (!wishes.Daily)
            await outbox.SendAsync(session, new SendMedia(delivery, foundLater ? recipient : null));
        return true;
    }
}
