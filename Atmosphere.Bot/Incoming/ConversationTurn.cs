using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Incoming;

/// <summary>Somebody did something in a conversation; the words are in the row.</summary>
/// <param name="Turn">Id of the row.</param>
/// <param name="Conversation">One conversation's turns are handled one after the other.</param>
internal sealed record ConversationTurn(string Turn, string Conversation) : IMessage
{
    public string? OrderKey => Conversation;
}
