using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>What operators should know about a photo.</summary>
internal enum NotificationKind
{
    /// <summary>It is processed; its faces are known.</summary>
    Completed,

    /// <summary>Some of its faces could not be matched.</summary>
    Degraded,

    /// <summary>It could not be looked at.</summary>
    Failed,

    /// <summary>It is no photo that can be read.</summary>
    Refused,

    /// <summary>One of its faces could not be decided; it goes to the parents of the others.</summary>
    FaceRefused,

    /// <summary>Not even the beginning was possible; its message is among the dead letters.</summary>
    NotStarted,

    /// <summary>When and with what it was taken could not be read; it goes on without that.</summary>
    ExifFailed,

    /// <summary>A row names a file that is not there.</summary>
    FileMissing,

    /// <summary>Somebody who is to be forgotten is not forgotten everywhere; in place of the photo stands the erasure.</summary>
    ErasureIncomplete,

    /// <summary>Its delivery waits until the parent writes.</summary>
    DeliveryHeld,

    /// <summary>It was posted in a chat group, and its carrier did not give it; in its place stands the row of its file.</summary>
    PhotoNotFetched,

    /// <summary>Members of a chat group hide their numbers; in place of the photo stands the group.</summary>
    MembersHidden,

    /// <summary>An operator's code linked a chat group; in place of the photo stands the group.</summary>
    GroupLinked,

    /// <summary>Registered persons wait for somebody to confirm them; in place of the photo stands the group.</summary>
    PersonsUnconfirmed,

    /// <summary>Slack lets us in no more; in place of the photo stands the channel.</summary>
    SlackLost,

    /// <summary>What tags taught was looked at; in place of the photo stands the group.</summary>
    Trained,
}

/// <summary>The rows of notifications.</summary>
internal static class Notifications
{
    /// <summary>Tells operators, each thing once a photo.</summary>
    /// <param name="text">A sentence without personal data.</param>
    public static Task AddAsync(Session session, NotificationKind kind, PhotoId photo, string text, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO notifications (kind, photo_id, text, created_at) VALUES (@name, @photo, @text, @at)
            ON CONFLICT (photo_id, kind) DO NOTHING
            """,
            new { name = Name(kind), photo, text, at = now.ToUnixTimeMilliseconds() });

    /// <summary>Tells operators of something that concerns many photos: for one of them, and not again within a day.</summary>
    /// <param name="text">A sentence without personal data.</param>
    public static async Task AddDailyAsync(Session session, NotificationKind kind, PhotoId photo, string text, DateTimeOffset now)
    {
        var told = await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM notifications WHERE kind = @name AND created_at > @since",
            new { name = Name(kind), since = now.AddDays(-1).ToUnixTimeMilliseconds() });
        if (told == 0)
            await AddAsync(session, kind, photo, text, now);
    }

    /// <summary>Tells operators of something that goes on in a group, each day anew.</summary>
    /// <param name="text">A sentence without personal data.</param>
    public static async Task AddDailyAsync(Session session, NotificationKind kind, GroupId group, string text, DateTimeOffset now)
    {
        _ = await session.ExecuteAsync(
            "DELETE FROM notifications WHERE kind = @name AND photo_id = @group AND created_at <= @before",
            new { name = Name(kind), group, before = now.AddDays(-1).ToUnixTimeMilliseconds() });
        await AddAsync(session, kind, new PhotoId(group.Value), text, now);
    }

    /// <summary>Tells operators of something that happens in a group again and again: the last time counts.</summary>
    /// <param name="text">A sentence without personal data.</param>
    public static async Task ReplaceAsync(Session session, NotificationKind kind, GroupId group, string text, DateTimeOffset now)
    {
        _ = await session.ExecuteAsync("DELETE FROM notifications WHERE kind = @name AND photo_id = @group", new { name = Name(kind), group });
        await AddAsync(session, kind, new PhotoId(group.Value), text, now);
    }

    private static string Name(NotificationKind kind) => kind switch
    {
        NotificationKind.NotStarted => "not-started",
        NotificationKind.FaceRefused => "face-refused",
        NotificationKind.ExifFailed => "exif-failed",
        NotificationKind.FileMissing => "file-missing",
        NotificationKind.ErasureIncomplete => "erasure-incomplete",
        NotificationKind.DeliveryHeld => "delivery-held",
        NotificationKind.PhotoNotFetched => "photo-not-fetched",
        NotificationKind.MembersHidden => "members-hidden",
        NotificationKind.GroupLinked => "group-linked",
        NotificationKind.PersonsUnconfirmed => "persons-unconfirmed",
        NotificationKind.SlackLost => "slack-lost",
        _ => kind.ToString().ToLowerInvariant(),
    };

    public static DueRows Due { get; } = new("notifications", "created_at <= @before");
}
