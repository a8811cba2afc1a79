using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Validates Slack's ids of users and channels.</summary>
internal static partial class SlackIds
{
    /// <summary>The id of a user; null if it is invalid.</summary>
    public static string? User(string? text) => text is not null && UserId().IsMatch(text) ? text : null;

    /// <summary>The id of a channel or a private chat; null if it is invalid.</summary>
    public static string? Channel(string? text) => text is not null && ChannelId().IsMatch(text) ? text : null;

    [GeneratedRegex(@"\A[UW][A-Z0-9]{2,30}\z")]
    private static partial Regex UserId();

    [GeneratedRegex(@"\A[CDG][A-Z0-9]{2,30}\z")]
    private static partial Regex ChannelId();
}
