namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>Escapes text for Slack's mrkdwn.</summary>
internal static class SlackText
{
    /// <summary>Prevents a name from becoming a mention, a link or a channel.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
