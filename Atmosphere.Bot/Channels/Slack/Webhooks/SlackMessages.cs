using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Somebody voted of whom it has to be asked whether they may; what they said is in the row.</summary>
/// <param name="Request">Id of the row.</param>
/// <param name="User">One colleague's votes are taken one after the other.</param>
internal sealed record SlackClicked(string Request, string User) : IMessage
{
    public string? OrderKey => User;
}

/// <summary>Somebody pressed a button that opens a form; which, is in the row. Slack lets us open it within three seconds.</summary>
/// <param name="Request">Id of the row.</param>
internal sealed record SlackFormWanted(string Request) : IMessage;

/// <summary>Somebody on Slack is to read something; what, is in the row.</summary>
/// <param name="Request">Id of the row.</param>
internal sealed record SlackAnswerWaiting(string Request) : IMessage;

/// <summary>A colleague's App Home is to be drawn.</summary>
/// <param name="User">Slack's id.</param>
internal sealed record SlackHomeWanted(string User) : IMessage
{
    public string? OrderKey => User;
}
