using System.Text.Json;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>What is needed to write to somebody who wrote by Twilio.</summary>
/// <param name="To">The person, such as whatsapp:+15551234567.</param>
/// <param name="From">The number of ours that they wrote to.</param>
/// <param name="Provider">Always twilio: other services carry WhatsApp, too.</param>
internal sealed record TwilioReference(string To, string? From, string Provider = TwilioReference.Name)
{
    public const string Name = "twilio";

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
