using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Operator notifications about a chat group.</summary>
public static class GroupNotifications
{
    /// <summary>A posted photo could not be downloaded; reported once per photo.</summary>
    /// <param name="file">Used in place of the photo's id.</param>
    /// <param name="reason">A sentence without personal data.</param>
    public static Task PhotoLostAsync(Session session, string file, GroupId group, string reason, DateTimeOffset now) =>
        Notifications.AddAsync(session, NotificationKind.PhotoNotFetched, new PhotoId(file), $"A photo of group '{group}' could not be fetched: {reason}", now);

    /// <summary>
    /// Departed members cannot be detected while some members hide their numbers; reported once while the notice is kept.
    /// </summary>
    public static Task MembersHiddenAsync(Session session, GroupId group, int hidden, int all, DateTimeOffset now) =>
        Notifications.AddAsync(
            session,
            NotificationKind.MembersHidden,
            new PhotoId(group.Value),
            $"{hidden} of {all} members of group '{group}' hide their numbers, and the carrier does not tell them. They get no photos; and who leaves is noticed only when the carrier says so.",
            now);

    /// <summary>An operator's code was used to link a chat.</summary>
    /// <param name="chat">The carrier's id of the chat; a phone number in it is removed.</param>
    public static Task LinkedAsync(Session session, GroupId group, string channel, string chat, DateTimeOffset now) =>
        Notifications.AddAsync(
            session,
            NotificationKind.GroupLinked,
            new PhotoId(group.Value),
            $"Group '{group}' is linked with the chat {WithoutNumber(chat)} of {channel}. If that is another chat than was meant: atmosphere groups remove {group} --yes",
            now);

    /// <summary>Deletes the notifications of a group.</summary>
    /// <returns>The number of deleted rows.</returns>
    internal static Task<int> ForgetAsync(Session session, GroupId group) =>
        session.ExecuteAsync("DELETE FROM notifications WHERE photo_id = @group", new { group });

    // The ids of old groups begin with the creator's phone number.
    private static string WithoutNumber(string chat) =>
        chat.EndsWith("@g.us", StringComparison.Ordinal) && chat.IndexOf('-', StringComparison.Ordinal) is > 0 and var end ? $"…{chat[end..]}" : chat;
}
