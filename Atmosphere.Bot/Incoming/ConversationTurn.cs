using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Incoming;

/// <summary>A user sent a message in a conversation; its text is in the row.</summary>
/// <param name="Turn">Id of the row.</param>
/// <param name="Conversation">The turns of one conversation are handled one at a time.</param>
internal sealed record ConversationTurn(string Turn, string Conversation) : IMessage
{
    public string? OrderKey => Conversation;
}
