using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>Signs what this server hands out and takes back; its key is made once and stays in the data folder.</summary>
internal sealed class ServerSecret
{
    private readonly byte[] _key;

    /// <param name="dataFolder">Gets secrets/signing.key, readable by its owner only.</param>
    public ServerSecret(string dataFolder) =>
        _key = SecretKey.ReadOrMake(dataFolder, "signing.key", "Delete it: a new one is made, and open chats must be started again.");

    /// <summary>payload.signature, safe in a URL.</summary>
    /// <param name="purpose">A token of one purpose is no token of another.</param>
    public string Sign(string purpose, string payload)
    {
        var encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        return $"{encoded}.{Base64Url.EncodeToString(Mac(purpose, encoded))}";
    }

    /// <returns>The payload; null where the token is not ours.</returns>
    public string? Open(string purpose, string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return null;
        try
        {
            var given = Base64Url.DecodeFromChars(token.AsSpan(dot + 1));
            return CryptographicOperations.FixedTimeEquals(given, Mac(purpose, token[..dot]))
                ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.AsSpan(0, dot)))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private byte[] Mac(string purpose, string encoded) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\n{encoded}"));
}
