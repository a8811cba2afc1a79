using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Slack's ids of people and rooms.</summary>
internal static partial class SlackIds
{
    /// <summary>The id of a user; null: it is none.</summary>
    public static string? User(string? text) => text is not null && UserId().IsMatch(text) ? text : null;

    /// <summary>The id of a channel or a private chat; null: it is none.</summary>
    public static string? Channel(string? text) => text is not null && ChannelId().IsMatch(text) ? text : null;

    [GeneratedRegex(@"\A[UW][A-Z0-9]{2,30}\z")]
    private static partial Regex UserId();

    [GeneratedRegex(@"\A[CDG][A-Z0-9]{2,30}\z")]
    private static partial Regex ChannelId();
}
