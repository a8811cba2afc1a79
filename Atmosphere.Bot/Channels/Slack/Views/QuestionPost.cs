using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <param name="Text">mrkdwn for notifications and screen readers.</param>
/// <param name="Blocks">The visible content.</param>
internal sealed record QuestionPost(string Text, JsonArray Blocks);
