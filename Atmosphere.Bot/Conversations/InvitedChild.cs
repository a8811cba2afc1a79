using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations;

/// <summary>A child that a guardian was invited to register.</summary>
/// <param name="Name">As the colleague calls the child.</param>
/// <param name="Group">Whose member the guardian becomes with this turn.</param>
/// <param name="Invitation">Hash of the code.</param>
internal sealed record InvitedChild(string Name, Membership Group, string Invitation);
