using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Channels.Slack.Answers;

/// <summary>Somebody on Slack is to read something; what, is in the row.</summary>
/// <param name="Request">Id of the row.</param>
internal sealed record SlackAnswerWaiting(string Request) : IMessage;
