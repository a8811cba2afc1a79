using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Atmosphere.Bot.Channels.Access;

namespace Atmosphere.Bot.Channels.Webhooks;

/// <summary>The signature that the headers of a request claim for its body.</summary>
/// <param name="Given">The HMAC in the header.</param>
/// <param name="Algorithm">The hash algorithm of the HMAC.</param>
/// <param name="Before">The signed text that precedes the body.</param>
/// <param name="Keys">The keys that may have signed it.</param>
/// <param name="Refusal">The refusal if none of them did.</param>
internal sealed record SignatureClaim(byte[] Given, HashAlgorithmName Algorithm, string Before, IEnumerable<string> Keys, RefusedRequestException Refusal)
{
    /// <summary>The HMAC by one of the keys, as far as the body is not needed.</summary>
    public IncrementalHash Begin(string key)
    {
        var mac = IncrementalHash.CreateHMAC(Algorithm, Encoding.UTF8.GetBytes(key));
        mac.AppendData(Encoding.UTF8.GetBytes(Before));
        return mac;
    }
}

/// <summary>Reads the headers of signed requests.</summary>
internal static class Signature
{
    // Older requests may be somebody's copies; from newer ones, a clock is wrong.
    private const long MostSecondsApart = 5 * 60;

    // Seconds since 1970 have ten digits until the year 2286.
    private const int MostDigits = 12;

    /// <param name="header">As it came; null: it did not.</param>
    /// <param name="prefix">Written before the HMAC, such as "sha256=".</param>
    /// <param name="length">Bytes of an HMAC.</param>
    /// <returns>Null where it is nothing like it.</returns>
    public static byte[]? Hexadecimal(string? header, string prefix, int length)
    {
        if (header is null || header.Length != prefix.Length + (length * 2) || !header.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        var bytes = new byte[length];
        return Convert.FromHexString(header.AsSpan(prefix.Length), bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }

    /// <summary>Whether the second was within five minutes of now, before or after.</summary>
    /// <param name="timestamp">Seconds since 1970.</param>
    public static bool IsRecent(string timestamp, DateTimeOffset now) =>
        timestamp.Length is > 0 and <= MostDigits
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
        && Math.Abs(now.ToUnixTimeSeconds() - second) <= MostSecondsApart;
}
