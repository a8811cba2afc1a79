using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Photos of one group that were taken in nearly the same moment, look nearly equal and name the same children.</summary>
internal sealed class Bursts(IOptions<DistributionOptions> options)
{
    // A camera's memory may be emptied long after the photos were taken.
    private static readonly TimeSpan _longestWay = TimeSpan.FromDays(1);

    /// <summary>The other photos of the burst; none where the photo stands alone.</summary>
    public async Task<IReadOnlyList<PhotoId>> TwinsAsync(Session session, PhotoId photo)
    {
        var near = await NearAsync(session, photo);
        if (near.Count == 0)
            return [];

        var (children, twins) = (await ChildrenAsync(session, photo), new List<PhotoId>());
        foreach (var other in near)
        {
            if (children.SetEquals(await ChildrenAsync(session, other)))
                twins.Add(other);
        }

        return twins;
    }

    /// <summary>
    /// The participant did not get the photo after all: those that were passed over for its sake are decided about again. The rule is asked afresh, so
    /// that one of them at most goes out, and none that the participant may not have; whoever paused or opted out meanwhile gets none.
    /// </summary>
    public async Task MakeUpAsync(Session session, IOutbox outbox, PhotoId photo, ParticipantId participant)
    {
        // Near ones, and not only twins: a face may have been decided otherwise since.
        var near = await NearAsync(session, photo);
        if (near.Count == 0)
            return;

        var passedOver = await session.QueryAsync<PhotoId>(
            """
            DELETE FROM media_distributions WHERE photo_id IN @near AND participant_id = @participant AND state = 'withheld' AND error = @burst
                AND EXISTS (SELECT 1 FROM photos p WHERE p.id = media_distributions.photo_id AND p.media IS NOT NULL)
            RETURNING photo_id
            """,
            new { near = near.Select(other => other.Value), participant, burst = Withheld.Burst });
        foreach (var other in passedOver)
            await outbox.SendAsync(session, new DistributePhoto(other, PassedOver: true));
    }

    private async Task<IReadOnlyList<PhotoId>> NearAsync(Session session, PhotoId photo)
    {
        var one = options.Value.BurstDistance == 0 ? null : await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT p.id, p.group_id, p.received_at, p.perceptual_hash, e.taken_at FROM photos p LEFT JOIN exif e ON e.photo_id = p.id
            WHERE p.id = @photo AND p.perceptual_hash IS NOT NULL
            """,
            new { photo });
        if (one is null)
            return [];

        var way = (long)_longestWay.TotalMilliseconds;
        var others = await session.QueryAsync<Row>(
            """
            SELECT p.id, p.group_id, p.received_at, p.perceptual_hash, e.taken_at FROM photos p LEFT JOIN exif e ON e.photo_id = p.id
            WHERE p.group_id = @GroupId AND p.received_at >= @from AND p.received_at <= @to AND p.id <> @photo AND p.perceptual_hash IS NOT NULL
            """,
            new { one.GroupId, from = one.ReceivedAt - way, to = one.ReceivedAt + way, photo });
        return [.. others.Where(other => IsNear(one, other)).Select(other => other.Id)];
    }

    /// <summary>Whether the participant has one of the photos, or is about to get it; what becomes of that may call for <see cref="MakeUpAsync"/>.</summary>
    public static async Task<bool> HasOneAsync(Session session, ParticipantId participant, IReadOnlyList<PhotoId> photos) =>
        photos.Count > 0 && await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM media_distributions
            WHERE photo_id IN @photos AND participant_id = @participant AND state IN ('pending', 'sending', 'sent', 'delivered', 'read')
            """,
            new { photos = photos.Select(photo => photo.Value), participant }) > 0;

    private bool IsNear(Row one, Row other)
    {
        // Where both cameras said when, the way of the files does not matter.
        var apart = one.Taken is { } taken && other.Taken is { } otherTaken
            ? taken - otherTaken
            : TimeSpan.FromMilliseconds(one.ReceivedAt - other.ReceivedAt);
        return apart.Duration() <= options.Value.BurstWindow
            && PerceptualHash.Distance(one.PerceptualHash, other.PerceptualHash) <= options.Value.BurstDistance;
    }

    private static async Task<HashSet<string>> ChildrenAsync(Session session, PhotoId photo) =>
        [.. await session.QueryAsync<string>("SELECT person_id FROM faces WHERE photo_id = @photo AND verdict = 'named' AND person_id IS NOT NULL", new { photo })];

    private sealed record Row
    {
        public PhotoId Id { get; init; }

        public GroupId GroupId { get; init; }

        public long ReceivedAt { get; init; }

        public long PerceptualHash { get; init; }

        public string? TakenAt { get; init; }

        public DateTime? Taken => DateTime.TryParse(TakenAt, CultureInfo.InvariantCulture, out var taken) ? taken : null;
    }
}
