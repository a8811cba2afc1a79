using System.Security.Cryptography;

namespace Atmosphere.Bot.Channels.Webhooks;

/// <summary>Compares signatures in a time that tells nothing about them.</summary>
internal static class Signature
{
    /// <param name="given">Hexadecimal, as a header says it; null: none.</param>
    public static bool IsSame(string? given, ReadOnlySpan<byte> expected)
    {
        if (given is null || given.Length != expected.Length * 2)
            return false;
        try
        {
            return CryptographicOperations.FixedTimeEquals(Convert.FromHexString(given), expected);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
