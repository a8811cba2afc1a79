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

    private static string Name(NotificationKind kind) => kind switch
    {
        NotificationKind.NotStarted => "not-started",
        NotificationKind.FaceRefused => "face-refused",
        NotificationKind.ExifFailed => "exif-failed",
        NotificationKind.FileMissing => "file-missing",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
