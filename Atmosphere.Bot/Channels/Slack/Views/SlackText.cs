namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>Text as Slack's mrkdwn wants it.</summary>
internal static class SlackText
{
    /// <summary>No name becomes a mention, a link or a channel.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
