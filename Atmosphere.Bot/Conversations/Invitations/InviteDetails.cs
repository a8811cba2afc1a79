using System.Text.Json;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>The data of an invitation code; deleted with the code.</summary>
/// <param name="Group">Id of the group.</param>
/// <param name="Question">Id of the question.</param>
/// <param name="Name">The colleague's name for the child.</param>
/// <param name="To">Hash of the guardian's number; null: anyone may use the code.</param>
internal sealed record InviteDetails(string Group, string Question, string Name, string? To)
{
    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static InviteDetails Read(string details) => JsonSerializer.Deserialize<InviteDetails>(details, JsonSerializerOptions.Web)!;
}
