using System.Text.Json;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Channels.Webhooks;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>WhatsApp's ids as WAHA writes them: numbers at c.us, hidden numbers at lid, groups at g.us.</summary>
internal static partial class WahaIds
{
    public static bool IsGroup(string? id) => id is not null && Group().IsMatch(id);

    public static bool IsPerson(string? id) => id is not null && Person().IsMatch(id);

    public static bool IsHidden(string id) => id.EndsWith("@lid", StringComparison.Ordinal);

    /// <summary>Normalises an id: without the device, in one spelling: 4915:3@s.whatsapp.net becomes 4915@c.us.</summary>
    public static string Plain(string id) => Person().Match(id) is { Success: true } match
        ? $"{match.Groups[1].Value}@{(match.Groups[2].Value == "lid" ? "lid" : "c.us")}"
        : id;

    /// <summary>Converts 4915123@c.us to +4915123; null for a hidden number or an invalid id.</summary>
    public static string? Number(string id) => Person().Match(id) is { Success: true } match && match.Groups[2].Value != "lid"
        ? WhatsAppAddress.Read($"{WhatsAppAddress.Prefix}+{match.Groups[1].Value}")
        : null;

    /// <summary>
    /// WhatsApp's own key in WAHA's message id: 3EB0 in true_4915123@c.us_3EB0. Only the key is used, because engines spell the chat
    /// differently and it contains a phone number.
    /// </summary>
    public static string KeyOf(string id) => id.Split('_') is ["true" or "false", _, var key, ..] ? key : id;

    /// <summary>The key of a message: engines send its id as a string, as an object, or inside a key.</summary>
    public static string? KeyOf(JsonElement message) =>
        (message.TextOf("id") ?? message.Of("id")?.TextOf("_serialized") ?? message.Of("key")?.TextOf("id")) is { } id ? KeyOf(id) : null;

    /// <summary>The chat in a message's id: 120363@g.us in false_120363@g.us_3EB0_4915123@c.us, or as engines name it in a key.</summary>
    public static string? ChatOf(JsonElement message) =>
        (message.TextOf("id") ?? message.Of("id")?.TextOf("_serialized")) is { } id && id.Split('_') is ["true" or "false", var chat, ..] ? chat
        : message.Of("id")?.TextOf("remote") ?? message.Of("_data")?.Of("key")?.TextOf("remoteJid") ?? message.Of("_data")?.Of("Info")?.TextOf("Chat");

    [GeneratedRegex(@"\A[0-9]{5,25}(?:-[0-9]{5,25})?@g\.us\z")]
    private static partial Regex Group();

    [GeneratedRegex(@"\A([0-9]{4,20})(?::[0-9]{1,5})?@(c\.us|s\.whatsapp\.net|lid)\z")]
    private static partial Regex Person();
}
