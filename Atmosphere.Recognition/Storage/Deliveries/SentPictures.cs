using System.Globalization;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The table sent_pictures: recognises a picture that is posted again after its first photo was deleted. Two photos are the same picture if
/// perceptual hash and size are equal.
/// </summary>
internal static class SentPictures
{
    public static DueRows Due { get; } = new("sent_pictures", "known_until <= @before");

    /// <summary>Records that the participant has got the picture of a photo.</summary>
    /// <param name="known">How long it is not sent again.</param>
    public static async Task AddAsync(Session session, PhotoId photo, ParticipantId participant, DateTimeOffset now, TimeSpan known)
    {
        if (await PictureAsync(session, photo) is not { } picture)
            return;
        _ = await session.ExecuteAsync(
            """
            INSERT INTO sent_pictures (participant_id, group_id, picture_hash, sent_at, known_until) VALUES (@participant, @GroupId, @hash, @now, @until)
            ON CONFLICT (participant_id, group_id, picture_hash) DO UPDATE SET sent_at = excluded.sent_at, known_until = excluded.known_until
            """,
            new { participant, picture.GroupId, hash = HashOf(session, picture), now = now.ToUnixTimeMilliseconds(), until = (now + known).ToUnixTimeMilliseconds() });
    }

    /// <summary>Whether the participant has got the picture of a photo so recently that it is not sent again.</summary>
    public static async Task<bool> HasAsync(Session session, PhotoId photo, ParticipantId participant, DateTimeOffset now) =>
        await PictureAsync(session, photo) is { } picture && await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM sent_pictures
            WHERE participant_id = @participant AND group_id = @GroupId AND picture_hash = @hash AND known_until > @now
            """,
            new { participant, picture.GroupId, hash = HashOf(session, picture), now = now.ToUnixTimeMilliseconds() }) > 0;

    private static Task<SentPictureRow?> PictureAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<SentPictureRow>(
            "SELECT group_id, perceptual_hash, width, height FROM photos WHERE id = @photo AND perceptual_hash IS NOT NULL AND width IS NOT NULL", new { photo });

    private static string HashOf(Session session, SentPictureRow picture) =>
        session.Key.HashOf(string.Create(CultureInfo.InvariantCulture, $"{picture.PerceptualHash}:{picture.Width}x{picture.Height}"));

    private sealed record SentPictureRow
    {
        public GroupId GroupId { get; init; }

        public long PerceptualHash { get; init; }

        public int Width { get; init; }

        public int Height { get; init; }
    }
}
