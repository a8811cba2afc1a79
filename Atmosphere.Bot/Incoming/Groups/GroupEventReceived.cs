using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>A carrier reported an event of a chat; its data is in the row.</summary>
/// <param name="Event">Id of the row.</param>
/// <param name="Chat">Identifies the chat: the events of one chat are handled one at a time.</param>
internal sealed record GroupEventReceived(string Event, string Chat) : IMessage
{
    public string? OrderKey => Chat;
}
