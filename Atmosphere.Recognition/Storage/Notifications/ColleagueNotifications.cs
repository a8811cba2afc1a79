using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Operator notifications about the channel to colleagues.</summary>
public static class ColleagueNotifications
{
    /// <summary>Slack rejects our credentials; reported once a day.</summary>
    public static Task LostAsync(Session session, DateTimeOffset now) =>
        Notifications.AddDailyAsync(
            session,
            NotificationKind.SlackLost,
            new GroupId("slack"),
            "The app was removed from the Slack workspace, or its token was revoked: colleagues are asked nothing more. Install it again and set the new token.",
            now);
}
