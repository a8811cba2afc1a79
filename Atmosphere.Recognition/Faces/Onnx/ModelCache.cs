using System.Security.Cryptography;
using Atmosphere.Recognition.Faces.Onnx.Models;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>
/// Stores converted networks as files named by the weights' hash and the converter's version. Each file ends with the SHA-256 of its
/// content; a file that does not match is converted again. Programs that start together write the same bytes; the last rename wins.
/// </summary>
internal sealed class ModelCache(string folder)
{
    // Increase it when a converter writes a different network from the same weights.
    private const int Version = 1;
    private const int DigestLength = 32;

    public static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "atmosphere", "models");

    /// <returns>An ONNX model.</returns>
    public byte[] Get(string network, string hash, Func<byte[]> convert)
    {
        var path = Path.Combine(folder, $"{network}-{hash[..16]}-v{Version}.onnx");
        if (Read(path) is { } kept)
            return kept;

        var made = convert();
        Write(path, made);
        return made;
    }

    private static byte[]? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var bytes = File.ReadAllBytes(path);
        var length = bytes.Length - DigestLength;
        return length > 0 && SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)) ? bytes[..length] : null;
    }

    private void Write(string path, byte[] model)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var temporary = $"{path}.{Guid.NewGuid():N}";
            File.WriteAllBytes(temporary, [.. model, .. SHA256.HashData(model)]);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FaceModelException(
                $"The converted face networks cannot be kept in '{folder}': {error.Message} Set {FaceModelOptions.Section}:Cache to a folder that can be written.",
                error);
        }
    }
}
