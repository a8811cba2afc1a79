using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations;

/// <summary>A child that an invited guardian registers.</summary>
/// <param name="Name">The colleague's name for the child.</param>
/// <param name="Group">The group that the guardian joins with this turn.</param>
/// <param name="Invitation">Hash of the code.</param>
internal sealed record InvitedChild(string Name, Membership Group, string Invitation);
