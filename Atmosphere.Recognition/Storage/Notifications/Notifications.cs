using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The kinds of operator notification about a photo.</summary>
internal enum NotificationKind
{
    /// <summary>The photo is processed.</summary>
    Completed,

    /// <summary>Some of its faces could not be matched.</summary>
    Degraded,

    /// <summary>The photo could not be processed.</summary>
    Failed,

    /// <summary>The file is not a readable photo.</summary>
    Refused,

    /// <summary>One of its faces could not be decided; the photo goes to the parents of the others.</summary>
    FaceRefused,

    /// <summary>Processing could not start; the message is a dead letter.</summary>
    NotStarted,

    /// <summary>The EXIF data could not be read; processing continues without it.</summary>
    ExifFailed,

    /// <summary>A row names a missing file.</summary>
    FileMissing,

    /// <summary>An erasure is incomplete; the photo id is that of the erasure.</summary>
    ErasureIncomplete,

    /// <summary>Its delivery is held until the parent writes.</summary>
    DeliveryHeld,

    /// <summary>A photo in a chat group could not be downloaded from the carrier; the photo id is that of its file row.</summary>
    PhotoNotFetched,

    /// <summary>Members of a chat group hide their numbers; the photo id is that of the group.</summary>
    MembersHidden,

    /// <summary>An operator's code linked a chat group; the photo id is that of the group.</summary>
    GroupLinked,

    /// <summary>Registered persons wait for confirmation; the photo id is that of the group.</summary>
    PersonsUnconfirmed,

    /// <summary>Faces wait for somebody to say whose they are, and nobody is there to ask; in place of the photo stands the group.</summary>
    FacesHeld,

    /// <summary>First matches wait for somebody to look at them; in place of the photo stands the group.</summary>
    MatchesUnchecked,

    /// <summary>Slack rejects our credentials; the photo id is that of the channel.</summary>
    SlackLost,

    /// <summary>The faces learned from tags were checked; the photo id is that of the group.</summary>
    Trained,

    /// <summary>A mail failed, or nobody knows whether it arrived; the photo id is that of the group.</summary>
    MailOpen,

    /// <summary>The author of a photo deleted it for everyone after it had been delivered.</summary>
    PhotoWithdrawn,
}

/// <summary>The table notifications.</summary>
internal static class Notifications
{
    /// <summary>Adds a notification, once per kind and photo.</summary>
    /// <param name="text">A sentence without personal data.</param>
    public static Task AddAsync(Session session, NotificationKind kind, PhotoId photo, string text, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO notifications (kind, photo_id, text, created_at) VALUES (@name, @photo, @text, @at)
            ON CONFLICT (photo_id, kind) DO NOTHING
            """,
            new { name = Name(kind), photo, text, at = now.ToUnixTimeMilliseconds() });

    /// <summary>Adds a notification that concerns many photos, for one of them, at most once a day.</summary>
    /// <param name="text">A sentence without personal data.</param>
    public static async Task AddDailyAsync(Session session, NotificationKind kind, PhotoId photo, string text, DateTimeOffset now)
    {
        var told = await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM notifications WHERE kind = @name AND created_at > @since",
            new { name = Name(kind), since = now.AddDays(-1).ToUnixTimeMilliseconds() });
        if (told == 0)
            await AddAsync(session, kind, photo, text, now);
    }

    /// <summary>Adds a notification about a lasting condition of a group, at most once a day.</summary>
    /// <param name="text">A sentence without personal data.</param>
    public static async Task AddDailyAsync(Session session, NotificationKind kind, GroupId group, string text, DateTimeOffset now)
    {
        _ = await session.ExecuteAsync(
            "DELETE FROM notifications WHERE kind = @name AND photo_id = @group AND created_at <= @before",
            new { name = Name(kind), group, before = now.AddDays(-1).ToUnixTimeMilliseconds() });
        await AddAsync(session, kind, new PhotoId(group.Value), text, now);
    }

    /// <summary>Adds a notification about a recurring event of a group, replacing the previous one.</summary>
    /// <param name="text">A sentence without personal data.</param>
    public static async Task ReplaceAsync(Session session, NotificationKind kind, GroupId group, string text, DateTimeOffset now)
    {
        _ = await session.ExecuteAsync("DELETE FROM notifications WHERE kind = @name AND photo_id = @group", new { name = Name(kind), group });
        await AddAsync(session, kind, new PhotoId(group.Value), text, now);
    }

    /// <summary>Whether no other photo of the same uploader was refused in the group on the same day (UTC).</summary>
    public static async Task<bool> IsFirstRefusalOfTheDayAsync(Session session, PhotoId photo, DateTimeOffset now) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM photos p JOIN photos o ON o.group_id = p.group_id AND o.uploader_id = p.uploader_id AND o.id <> p.id
            JOIN notifications n ON n.photo_id = o.id AND n.kind = 'refused' AND n.created_at >= @since
            WHERE p.id = @photo
            """,
            new { photo, since = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).ToUnixTimeMilliseconds() }) == 0;

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
        NotificationKind.MailOpen => "mail-open",
        NotificationKind.SlackLost => "slack-lost",
        NotificationKind.PhotoWithdrawn => "photo-withdrawn",
        _ => kind.ToString().ToLowerInvariant(),
    };

    public static DueRows Due { get; } = new("notifications", "created_at <= @before");
}
