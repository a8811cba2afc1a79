using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>A user voted whose membership must be checked first; the vote is in the row.</summary>
/// <param name="Request">Id of the row.</param>
/// <param name="User">The votes of one user are handled one at a time.</param>
internal sealed record SlackClicked(string Request, string User) : IMessage
{
    public string? OrderKey => User;
}

/// <summary>A user pressed a button that opens a form; the button is in the row. Slack allows three seconds.</summary>
/// <param name="Request">Id of the row.</param>
internal sealed record SlackFormWanted(string Request) : IMessage;

/// <summary>Send an answer to a Slack user; its data is in the row.</summary>
/// <param name="Request">Id of the row.</param>
internal sealed record SlackAnswerWaiting(string Request) : IMessage;

/// <summary>Draw a colleague's App Home.</summary>
/// <param name="User">Slack's id.</param>
internal sealed record SlackHomeWanted(string User) : IMessage
{
    public string? OrderKey => User;
}
