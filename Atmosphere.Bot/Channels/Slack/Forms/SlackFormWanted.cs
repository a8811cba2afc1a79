using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Channels.Slack.Forms;

/// <summary>Somebody pressed a button that opens a form; which, is in the row. Slack lets us open it within three seconds.</summary>
/// <param name="Request">Id of the row.</param>
internal sealed record SlackFormWanted(string Request) : IMessage;
