using System.Text.Json;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>The details of a code that links a group.</summary>
/// <param name="Name">Name of the new group.</param>
/// <param name="Language">The bot's language in the new group.</param>
/// <param name="Group">Id of a group that an operator set up; null: create a new group.</param>
internal sealed record GroupCode(string Name, string Language, string? Group = null)
{
    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static GroupCode Read(string details) => JsonSerializer.Deserialize<GroupCode>(details, JsonSerializerOptions.Web)!;
}
