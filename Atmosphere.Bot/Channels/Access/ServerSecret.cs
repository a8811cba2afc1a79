using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>Signs what this server hands out and takes back; its key is made once and stays in the data folder.</summary>
internal sealed class ServerSecret
{
    private const int KeyBytes = 32;
    private readonly byte[] _key;

    /// <param name="dataFolder">Gets secrets/signing.key, readable by its owner only.</param>
    public ServerSecret(string dataFolder)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(dataFolder, "secrets")).FullName, "signing.key");
        if (!File.Exists(file))
            Create(file);
        _key = File.ReadAllBytes(file);
        if (_key.Length != KeyBytes)
            throw new InvalidOperationException($"The key {file} is damaged. Delete it: a new one is made, and open chats must be started again.");
    }

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

    private static void Create(string file)
    {
        var fresh = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: false);
    }

    private byte[] Mac(string purpose, string encoded) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\n{encoded}"));
}
