using System.Text.Json;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>The details of a code that links a group.</summary>
/// <param name="Name">What the group is called, for a new one.</param>
/// <param name="Language">In which the bot speaks there, for a new one.</param>
/// <param name="Group">Id of the group that an operator set up; null: a new one is made.</param>
internal sealed record GroupCode(string Name, string Language, string? Group = null)
{
    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static GroupCode Read(string details) => JsonSerializer.Deserialize<GroupCode>(details, JsonSerializerOptions.Web)!;
}
