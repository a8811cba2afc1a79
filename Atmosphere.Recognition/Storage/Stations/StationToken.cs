using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Atmosphere.Recognition.Storage;

/// <summary>The secret token of a station. It is generated here and shown once; only its hash is stored.</summary>
internal static class StationToken
{
    private const string Prefix = "atm_";
    private const int RandomBytes = 32;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Hashes a token. 256 random bits cannot be guessed from their hash, so no salt and no slow hash is needed.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Compares two hashes in constant time.</summary>
    public static bool AreSame(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));
}
