using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>
/// The people that a webhook names. One person has two ids, a number and a hidden one (LID); engines name both in different places.
/// </summary>
internal static class WahaPeople
{
    // NOWEB names the other id of the chat and of the sender; Alt, or as older versions did, by what it is.
    private static readonly (string Id, string Other)[] _pairsOfKey =
    [
        ("remoteJid", "remoteJidAlt"), ("participant", "participantAlt"), ("remoteJid", "senderPn"), ("remoteJid", "senderLid"), ("participant", "participantPn"),
        ("participant", "participantLid"), ("senderLid", "senderPn"), ("participantLid", "participantPn"),
    ];

    // GOWS, which names the other id of the sender, and of the chat where the own phone wrote.
    private static readonly (string Id, string Other)[] _pairsOfInfo = [("Sender", "SenderAlt"), ("Chat", "RecipientAlt")];

    /// <returns>In one spelling; null if it is no person.</returns>
    public static string? Of(JsonElement element, string name) =>
        element.TextOf(name) is { } id && WahaIds.IsPerson(id) ? WahaIds.Plain(id)
        : element.Of(name) is { ValueKind: JsonValueKind.Object } serialized && serialized.TextOf("_serialized") is { } inner && WahaIds.IsPerson(inner) ? WahaIds.Plain(inner)
        : null;

    /// <summary>The listed participants: the number if known, otherwise the hidden id.</summary>
    public static List<string> Members(JsonElement element) =>
        [.. element.ListOf("participants")
            .Where(member => member.TextOf("role") != "left" || element.Of("type") is not null)
            .Select(member => Of(member, "pn") ?? Of(member, "id"))
            .OfType<string>().Distinct()];

    /// <summary>The numbers, such as +15551234567, of all hidden ids for which the payload names both.</summary>
    public static Dictionary<string, string> Numbers(JsonElement payload)
    {
        var numbers = new Dictionary<string, string>();
        var raw = payload.Of("_data");
        foreach (var (id, other) in _pairsOfKey)
            Learn(raw?.Of("key"), id, other);
        foreach (var (id, other) in _pairsOfInfo)
            Learn(raw?.Of("Info"), id, other);
        foreach (var member in payload.ListOf("participants"))
        {
            Learn(member, "id", "pn");
            Learn(member, "lid", "id");
            Learn(member, "lid", "pn");
        }

        return numbers;

        void Learn(JsonElement? element, string one, string two)
        {
            if (element is not { } known || Of(known, one) is not { } first || Of(known, two) is not { } second || WahaIds.IsHidden(first) == WahaIds.IsHidden(second))
                return;
            var (hidden, shown) = WahaIds.IsHidden(first) ? (first, second) : (second, first);
            if (WahaIds.Number(shown) is { } number)
                numbers[hidden] = number;
        }
    }
}
