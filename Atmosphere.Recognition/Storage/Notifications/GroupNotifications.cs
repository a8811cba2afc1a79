using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>What operators should know about a chat group.</summary>
public static class GroupNotifications
{
    /// <summary>A photo that was posted could not be had; told once for each.</summary>
    /// <param name="file">Stands in place of the photo, which has no id.</param>
    /// <param name="reason">A sentence without personal data.</param>
    public static Task PhotoLostAsync(Session session, string file, GroupId group, string reason, DateTimeOffset now) =>
        Notifications.AddAsync(session, NotificationKind.PhotoNotFetched, new PhotoId(file), $"A photo of group '{group}' could not be fetched: {reason}", now);

    /// <summary>Nobody can be removed from the list of members while some of them are hidden; told once, until it is forgotten.</summary>
    public static Task MembersHiddenAsync(Session session, GroupId group, int hidden, int all, DateTimeOffset now) =>
        Notifications.AddAsync(
            session,
            NotificationKind.MembersHidden,
            new PhotoId(group.Value),
            $"{hidden} of {all} members of group '{group}' hide their numbers, and the carrier does not tell them. They get no photos; and who leaves is noticed only when the carrier says so.",
            now);

    /// <summary>A code of an operator was used.</summary>
    /// <param name="chat">The carrier's id of the chat; a number in it is left out.</param>
    public static Task LinkedAsync(Session session, GroupId group, string channel, string chat, DateTimeOffset now) =>
        Notifications.AddAsync(
            session,
            NotificationKind.GroupLinked,
            new PhotoId(group.Value),
            $"Group '{group}' is linked with the chat {WithoutNumber(chat)} of {channel}. If that is another chat than was meant: atmosphere groups remove {group} --yes",
            now);

    /// <summary>What is told of a group goes with it.</summary>
    /// <returns>How many there were.</returns>
    internal static Task<int> ForgetAsync(Session session, GroupId group) =>
        session.ExecuteAsync("DELETE FROM notifications WHERE photo_id = @group", new { group });

    // The ids of old groups begin with the number of whoever made them.
    private static string WithoutNumber(string chat) =>
        chat.EndsWith("@g.us", StringComparison.Ordinal) && chat.IndexOf('-', StringComparison.Ordinal) is > 0 and var end ? $"…{chat[end..]}" : chat;
}
