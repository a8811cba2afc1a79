using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>A child that was registered by invitation is learned.</summary>
internal sealed record InvitedConnected(PersonId Person) : IMessage
{
    public string OrderKey => Person.Value;
}
