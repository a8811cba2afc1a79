using System.Security.Cryptography;
using System.Text;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Webhooks;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>
/// X-Slack-Signature: "v0=" and the HMAC-SHA256, keyed by the app's signing secret, of "v0:", the request's Unix time, ":" and its body.
/// </summary>
internal static class SlackSignature
{
    public const string Header = "X-Slack-Signature";
    public const string Timestamp = "X-Slack-Request-Timestamp";

    private const string Version = "v0=";

    /// <returns>The value of the header.</returns>
    public static string Of(string timestamp, ReadOnlySpan<byte> body, string secret)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hash.AppendData(body);
        return Version + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <returns>The claim of the headers; null if the signature is malformed: Slack writes lower case.</returns>
    public static SignatureClaim? Claim(string signature, string timestamp, IEnumerable<string> secrets) =>
        Signature.Hexadecimal(signature, Version, HMACSHA256.HashSizeInBytes) is { } given && !signature.Any(char.IsAsciiLetterUpper)
            ? new SignatureClaim(given, HashAlgorithmName.SHA256, $"v0:{timestamp}:", secrets, Wrong)
            : null;

    public static RefusedRequestException Wrong => new(401, $"The {Header} does not fit: Slack signs with the app's signing secret.");
}
