using System.Text.Json;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>The data needed to write to a user through Twilio.</summary>
/// <param name="To">The user, such as whatsapp:+15551234567.</param>
/// <param name="From">The number of ours that the user wrote to.</param>
/// <param name="Provider">Always twilio: other providers carry WhatsApp, too.</param>
internal sealed record TwilioReference(string To, string? From, string Provider = TwilioReference.Name)
{
    public const string Name = "twilio";

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
