using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Finds bursts: photos of one group taken at nearly the same moment that look alike and name the same children.</summary>
internal sealed class Bursts(IOptions<DistributionOptions> options, TimeProvider clock)
{
    // A camera's memory may be uploaded long after the photos were taken.
    private static readonly TimeSpan _longestWay = TimeSpan.FromDays(1);

    /// <summary>The other photos of the burst; empty if there are none.</summary>
    public async Task<IReadOnlyList<PhotoId>> TwinsAsync(Session session, PhotoId photo)
    {
        var near = await NearAsync(session, photo);
        if (near.Count == 0)
            return [];

        var (children, twins) = (await FaceTable.NamedInAsync(session, photo), new List<PhotoId>());
        foreach (var other in near)
        {
            if (children.SetEquals(await FaceTable.NamedInAsync(session, other)))
                twins.Add(other);
        }

        return twins;
    }

    /// <summary>
    /// After a delivery failed: decides again about photos that were passed over in favour of this one. The rules are applied afresh, so
    /// that at most one of them is sent, none that the participant may not have, and none to a participant who has paused or opted out.
    /// </summary>
    public async Task MakeUpAsync(Session session, IOutbox outbox, PhotoId photo, ParticipantId participant)
    {
        // All similar photos, not only exact twins: a face may have been decided differently since.
        var near = (await NearAsync(session, photo)).Union(await PhotoMoments.SamePictureAsync(session, photo, options.Value.Reposts)).ToList();
        if (near.Count == 0)
            return;

        foreach (var other in await DistributionTable.TakePassedOverAsync(session, near, participant))
            await outbox.SendAsync(session, new DistributePhoto(other, PassedOver: true));
    }

    /// <summary>Whether the participant has, or is about to get, the same picture, because somebody posted it before.</summary>
    public async Task<bool> IsRepostAsync(Session session, PhotoId photo, ParticipantId participant)
    {
        var within = options.Value.Reposts;
        return within > TimeSpan.Zero
            && (await DistributionTable.HasOneAsync(session, participant, await PhotoMoments.SamePictureAsync(session, photo, within))
                || await SentPictures.HasAsync(session, photo, participant, clock.GetUtcNow()));
    }

    /// <summary>Records that the participant has got a picture, so that it is not sent again when somebody posts it again.</summary>
    public Task SentAsync(Session session, PhotoId photo, ParticipantId participant) => options.Value.Reposts > TimeSpan.Zero
        ? SentPictures.AddAsync(session, photo, participant, clock.GetUtcNow(), options.Value.Reposts)
        : Task.CompletedTask;

    private async Task<IReadOnlyList<PhotoId>> NearAsync(Session session, PhotoId photo)
    {
        if (options.Value.BurstDistance == 0 || await PhotoMoments.MomentAsync(session, photo) is not { } one)
            return [];
        var others = await PhotoMoments.MomentsAsync(session, one, _longestWay);
        return [.. others.Where(other => IsNear(one, other)).Select(other => other.Id)];
    }

    private bool IsNear(PhotoMoment one, PhotoMoment other)
    {
        // If both cameras recorded the time, the time of arrival does not matter.
        var apart = one.Taken is { } taken && other.Taken is { } otherTaken
            ? taken - otherTaken
            : TimeSpan.FromMilliseconds(one.ReceivedAt - other.ReceivedAt);
        return apart.Duration() <= options.Value.BurstWindow
            && PerceptualHash.Distance(one.PerceptualHash, other.PerceptualHash) <= options.Value.BurstDistance;
    }
}
