using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>X-Slack-Signature: "v0=" and the HMAC-SHA256, keyed by the app's signing secret, of "v0:", the second of the request, ":" and its body.</summary>
internal static class SlackSignature
{
    public const string Header = "X-Slack-Signature";
    public const string Timestamp = "X-Slack-Request-Timestamp";

    // Older requests may be somebody's copies; from newer ones, a clock is wrong.
    private const long MostSecondsApart = 5 * 60;

    // Seconds since 1970 have ten digits until the year 2286.
    private const int MostDigits = 12;

    /// <returns>As the header says it.</returns>
    public static string Of(string timestamp, ReadOnlySpan<byte> body, string secret)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hash.AppendData(body);
        return "v0=" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether one of the secrets signed it; in a time that tells nothing about them.</summary>
    public static bool Holds(string header, string timestamp, ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        var given = Encoding.UTF8.GetBytes(header);
        var holds = false;
        foreach (var secret in secrets)
            holds |= CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Of(timestamp, body, secret)));
        return holds;
    }

    /// <summary>Whether it was made within five minutes of now, before or after.</summary>
    public static bool IsRecent(string timestamp, DateTimeOffset now) =>
        timestamp.Length is > 0 and <= MostDigits
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
        && Math.Abs(now.ToUnixTimeSeconds() - second) <= MostSecondsApart;
}
