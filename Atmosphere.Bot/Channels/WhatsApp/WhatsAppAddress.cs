using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>A phone number as WhatsApp's carriers write it, and as it identifies a conversation.</summary>
internal static partial class WhatsAppAddress
{
    public const string Channel = "whatsapp";

    public const string Prefix = "whatsapp:";

    /// <summary>Converts whatsapp:+15551234567 to +15551234567; null if the text is invalid.</summary>
    public static string? Read(string? text) => text is not null && Form().IsMatch(text) ? text[Prefix.Length..] : null;

    [GeneratedRegex(@"\Awhatsapp:\+[1-9][0-9]{5,14}\z")]
    private static partial Regex Form();
}
