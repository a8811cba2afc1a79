using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Conversations.Sharing;

/// <summary>Somebody used a share code; the parent who gave it is to know.</summary>
internal sealed record GuardianJoined(PersonId Person, ParticipantId Guardian) : IMessage;
