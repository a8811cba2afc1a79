using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Atmosphere.Recognition.Storage;

/// <summary>Protects data in a copied database: phone numbers are stored as keyed hashes, codes are encrypted.</summary>
public sealed class DataKey
{
    private const string Name = "data.key";

    private readonly byte[] _hashing;
    private readonly byte[] _sealing;

    private DataKey(byte[] key)
    {
        _hashing = HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "addresses"u8.ToArray());
        _sealing = HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "codes"u8.ToArray());
    }

    /// <param name="folder">The data folder.</param>
    /// <param name="isNew">True if the folder holds no database yet.</param>
    /// <exception cref="DataFolderException">The database was created with a key that is missing here.</exception>
    internal static DataKey Of(string folder, bool isNew)
    {
        var file = SecretKey.PathOf(folder, Name);
        if (!isNew && !File.Exists(file))
        {
            throw new DataFolderException(
                $"The database in {folder} was made with the key {file}, which is not there. Restore it from the backup of that folder; "
                + "where it is lost, name a new folder with --data: nobody's number would be recognised in this one.");
        }

        return new DataKey(SecretKey.ReadOrMake(folder, Name, "Restore it from the backup of the data folder."));
    }

    /// <summary>The keyed hash of an address, or of text that contains one: 64 hexadecimal digits.</summary>
    public string HashOf(string address) => Convert.ToHexStringLower(HMACSHA256.HashData(_hashing, Encoding.UTF8.GetBytes(address)));

    /// <returns>Letters, digits, - and _.</returns>
    internal string Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var (hidden, tag) = (new byte[plain.Length], new byte[AesGcm.TagByteSizes.MaxSize]);
        using var cipher = new AesGcm(_sealing, tag.Length);
        cipher.Encrypt(nonce, plain, hidden, tag);
        return Base64Url.EncodeToString([.. nonce, .. tag, .. hidden]);
    }

    /// <returns>Null if the text was not sealed with this key.</returns>
    internal string? Open(string text)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
            var plain = new byte[Math.Max(0, bytes.Length - nonce - tag)];
            using var cipher = new AesGcm(_sealing, tag);
            cipher.Decrypt(bytes.AsSpan(0, nonce), bytes.AsSpan(nonce + tag), bytes.AsSpan(nonce, tag), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception error) when (error is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
