using System.Text.Json;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>The content of a stored reply.</summary>
internal sealed record WhatsAppWords(string Text)
{
    public static string Write(string text) => JsonSerializer.Serialize(new WhatsAppWords(text), JsonSerializerOptions.Web);

    public static string Read(string json) => JsonSerializer.Deserialize<WhatsAppWords>(json, JsonSerializerOptions.Web)!.Text;
}
