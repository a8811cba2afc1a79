using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Conversations.Sharing;

/// <summary>A share code was used: tell the parent who gave it.</summary>
internal sealed record GuardianJoined(PersonId Person, ParticipantId Guardian) : IMessage;
