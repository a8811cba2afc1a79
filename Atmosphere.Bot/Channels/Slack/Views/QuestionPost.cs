using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <param name="Text">mrkdwn: what notifications show and screen readers say.</param>
/// <param name="Blocks">What is seen.</param>
internal sealed record QuestionPost(string Text, JsonArray Blocks);
