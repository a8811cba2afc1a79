using System.Globalization;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Photos of one moment: when they were taken and how alike they look.</summary>
internal static class PhotoMoments
{
    /// <summary>Time and hash of a photo; null if it was not processed yet.</summary>
    public static Task<PhotoMoment?> MomentAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<PhotoMoment>(
            """
            SELECT p.id, p.group_id, p.received_at, p.perceptual_hash, e.taken_at FROM photos p LEFT JOIN exif e ON e.photo_id = p.id
            WHERE p.id = @photo AND p.perceptual_hash IS NOT NULL
            """,
            new { photo });

    /// <summary>The other photos of the group received within a time span around it.</summary>
    public static Task<IReadOnlyList<PhotoMoment>> MomentsAsync(Session session, PhotoMoment photo, TimeSpan way) =>
        session.QueryAsync<PhotoMoment>(
            """
            SELECT p.id, p.group_id, p.received_at, p.perceptual_hash, e.taken_at FROM photos p LEFT JOIN exif e ON e.photo_id = p.id
            WHERE p.group_id = @GroupId AND p.received_at >= @from AND p.received_at <= @to AND p.id <> @Id AND p.perceptual_hash IS NOT NULL
            """,
            new { photo.GroupId, photo.Id, from = photo.ReceivedAt - (long)way.TotalMilliseconds, to = photo.ReceivedAt + (long)way.TotalMilliseconds });

    /// <summary>The other photos of the group that show the same picture, with equal size and perceptual hash, and came within a time of it.</summary>
    public static Task<IReadOnlyList<PhotoId>> SamePictureAsync(Session session, PhotoId photo, TimeSpan within) =>
        session.QueryAsync<PhotoId>(
            """
            SELECT o.id FROM photos p JOIN photos o ON o.group_id = p.group_id AND o.id <> p.id AND o.perceptual_hash = p.perceptual_hash
                AND o.width = p.width AND o.height = p.height AND o.received_at >= p.received_at - @within AND o.received_at <= p.received_at + @within
            WHERE p.id = @photo
            """,
            new { photo, within = (long)within.TotalMilliseconds });

    /// <summary>The processed photos of a person's group, with their perceptual hashes.</summary>
    public static Task<IReadOnlyList<PhotoMoment>> OfGroupOfAsync(Session session, PersonId person) =>
        session.QueryAsync<PhotoMoment>(
            """
            SELECT o.id, o.group_id, o.received_at, o.perceptual_hash FROM persons p JOIN photos o ON o.group_id = p.group_id
            WHERE p.id = @person AND o.perceptual_hash IS NOT NULL AND o.expired_at IS NULL AND o.state IN ('processed', 'degraded')
            """,
            new { person });
}

/// <summary>Time and perceptual hash of a photo.</summary>
internal sealed record PhotoMoment
{
    public PhotoId Id { get; init; }

    public GroupId GroupId { get; init; }

    public long ReceivedAt { get; init; }

    public long PerceptualHash { get; init; }

    public string? TakenAt { get; init; }

    public DateTime? Taken => DateTime.TryParse(TakenAt, CultureInfo.InvariantCulture, out var taken) ? taken : null;
}
