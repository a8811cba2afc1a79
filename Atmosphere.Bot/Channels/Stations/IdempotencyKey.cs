using Atmosphere.Bot.Channels.Access;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>The station's own id of an upload, by which a repeated upload is detected.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Maximum length of a key in characters.</summary>
    public const int Longest = 200;

    /// <returns>The header's key; without the header a new key, so that a repeated request counts as another upload.</returns>
    /// <exception cref="RefusedRequestException">422: the key is invalid.</exception>
    public static string Of(HttpRequest request)
    {
        var values = request.Headers[Header];
        if (values.Count == 0)
            return Guid.CreateVersion7().ToString("N");
        if (values is [{ Length: > 0 and <= Longest } key] && key.All(letter => letter is >= ' ' and <= '~'))
            return key;

        throw new RefusedRequestException(422, $"The {Header} cannot be used: send one, of 1 to {Longest} printable ASCII characters, such as a UUID.");
    }
}
