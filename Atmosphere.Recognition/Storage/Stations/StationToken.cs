using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Atmosphere.Recognition.Storage;

/// <summary>What a station shows at the door. It is made here, shown once, and kept nowhere; its hash is kept.</summary>
internal static class StationToken
{
    private const string Prefix = "atm_";
    private const int RandomBytes = 32;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>A token of 256 random bits cannot be guessed from its hash: no salt, no slow hash.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Takes the same time wherever the two begin to differ.</summary>
    public static bool AreSame(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));
}
