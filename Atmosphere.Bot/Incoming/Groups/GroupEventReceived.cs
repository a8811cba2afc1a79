using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>A carrier told something about a chat; what it told is in the row.</summary>
/// <param name="Event">Id of the row.</param>
/// <param name="Chat">Stands for the chat: what is told about one is handled one after the other.</param>
internal sealed record GroupEventReceived(string Event, string Chat) : IMessage
{
    public string? OrderKey => Chat;
}
