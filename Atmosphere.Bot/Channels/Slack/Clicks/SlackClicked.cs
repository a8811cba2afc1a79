using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Channels.Slack.Clicks;

/// <summary>Somebody voted of whom it has to be asked whether they may; what they said is in the row.</summary>
/// <param name="Request">Id of the row.</param>
/// <param name="User">One colleague's votes are taken one after the other.</param>
internal sealed record SlackClicked(string Request, string User) : IMessage
{
    public string? OrderKey => User;
}
