using System.Security.Cryptography;
using Twilio.Security;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>X-Twilio-Signature: HMAC-SHA1, keyed by the account's auth token, of the called address and the sorted parameters.</summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <summary>Whether the text has the form of a signature: base64 of 20 bytes.</summary>
    public static bool IsOne(string header) =>
        Convert.TryFromBase64String(header, stackalloc byte[HMACSHA1.HashSizeInBytes], out var length) && length == HMACSHA1.HashSizeInBytes;

    /// <summary>Whether the signature is valid for one of the tokens; Twilio may include or omit the scheme's default port.</summary>
    /// <param name="header">Not empty.</param>
    /// <param name="url">The address configured at Twilio, with its query.</param>
    public static bool Holds(string header, string url, TwilioForm form, IEnumerable<string> tokens)
    {
        try
        {
            return tokens.Any(token => new RequestValidator(token).Validate(WithoutStandardPort(url), form.Signed, header));
        }
        catch (Exception error) when (error is UriFormatException or ArgumentException)
        {
            // A proxy sent an invalid host name.
            return false;
        }
    }

    /// <summary>The SDK also tries adding the default port, but not removing it.</summary>
    private static string WithoutStandardPort(string url)
    {
        var port = new Uri(url).Scheme == Uri.UriSchemeHttps ? ":443" : ":80";
        var path = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        return path > 0 && url[..path].EndsWith(port, StringComparison.Ordinal) ? url.Remove(path - port.Length, port.Length) : url;
    }
}
