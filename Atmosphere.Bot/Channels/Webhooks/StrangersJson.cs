using System.Globalization;
using System.Text.Json;

namespace Atmosphere.Bot.Channels.Webhooks;

/// <summary>Reads JSON from outside. Values of an unexpected JSON type are ignored.</summary>
internal static class StrangersJson
{
    public static JsonElement? Of(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    /// <summary>A string; null if the value is missing, empty, or no string.</summary>
    public static string? TextOf(this JsonElement element, string name) => element.Of(name)?.Text();

    /// <inheritdoc cref="TextOf"/>
    public static string? Text(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text that can be stored.
            return null;
        }
    }

    public static bool IsTrue(this JsonElement element, string name) => element.Of(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A number, also one that is written as a text.</summary>
    public static double? NumberOf(this JsonElement element, string name) => element.Of(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) => value,
        { ValueKind: JsonValueKind.String } text when double.TryParse(text.GetRawText().Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    public static IEnumerable<JsonElement> ListOf(this JsonElement element, string name) =>
        element.Of(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
