using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Channels.Slack.Home;

/// <summary>A colleague's App Home is to be drawn.</summary>
/// <param name="User">Slack's id.</param>
internal sealed record SlackHomeWanted(string User) : IMessage
{
    public string? OrderKey => User;
}
