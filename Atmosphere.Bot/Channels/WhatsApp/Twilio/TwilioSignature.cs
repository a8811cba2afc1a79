using System.Security.Cryptography;
using System.Text;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>X-Twilio-Signature: HMAC-SHA1, keyed by the account's auth token, of the address that was called and the sorted parameters.</summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <param name="url">As Twilio was told to call it, with its query.</param>
    /// <param name="token">The auth token.</param>
    /// <param name="form">What was sent.</param>
    /// <returns>Base64, as in the header.</returns>
    public static string Of(string url, TwilioForm form, string token) => Convert.ToBase64String(Hash(url, form, token));

    /// <summary>Whether one of the tokens signed it; Twilio may write the standard port of the scheme, or leave it out.</summary>
    public static bool Holds(string header, string url, TwilioForm form, IEnumerable<string> tokens)
    {
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        if (!Convert.TryFromBase64String(header, given, out var written) || written != given.Length)
            return false;
        var holds = false;
        foreach (var token in tokens)
        {
            foreach (var spelling in Spellings(url))
                holds |= CryptographicOperations.FixedTimeEquals(given, Hash(spelling, form, token));
        }

        return holds;
    }

    private static byte[] Hash(string url, TwilioForm form, string token)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.Signed)
            text.Append(name).Append(value);
#pragma warning disable CA5350 // Twilio's choice; as a keyed hash SHA-1 still holds.
        return HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text.ToString()));
#pragma warning restore CA5350
    }

    private static IEnumerable<string> Spellings(string url)
    {
        yield return url;
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.IndexOfAny(['/', '?'], start) is var found && found < 0 ? url.Length : found;
        var authority = url[start..end];
        // The colon before a port stands behind the bracket of an IPv6 address.
        var port = authority.IndexOf(':', Math.Max(authority.LastIndexOf(']'), 0));
        yield return port < 0
            ? url.Insert(end, url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80")
            : string.Concat(url.AsSpan(0, start + port), url.AsSpan(end));
    }
}
