using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Atmosphere.Recognition.Faces.Onnx.Models;

/// <summary>
/// A network's weights as the face-api package ships them: a JSON manifest and one binary file. Most are stored as bytes q
/// with weight = q * scale + min, some as float32.
/// </summary>
internal sealed class FaceApiWeights
{
    private readonly Dictionary<string, Tensor> _tensors = [];

    private FaceApiWeights(byte[] manifest, byte[] values)
    {
        var at = 0;
        using var json = JsonDocument.Parse(manifest);
        foreach (var weight in json.RootElement.EnumerateArray().SelectMany(group => group.GetProperty("weights").EnumerateArray()))
        {
            var shape = weight.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray();
            var count = shape.Aggregate(1, (product, size) => product * size);
            var stored = weight.TryGetProperty("quantization", out var quantization) ? Dequantise(values.AsSpan(at, count), quantization)
                : MemoryMarshal.Cast<byte, float>(values.AsSpan(at, count * sizeof(float))).ToArray();
            at += quantization.ValueKind == JsonValueKind.Object ? count : count * sizeof(float);
            _tensors[weight.GetProperty("name").GetString()!] = new Tensor(shape, stored);
        }
    }

    /// <summary>The folder beside the program that the build fills.</summary>
    public static string BesideTheProgram => Path.Combine(AppContext.BaseDirectory, "face-api");

    public Tensor this[string name] => _tensors[name];

    /// <exception cref="FaceModelException">One of the two files is missing; the message names it and the remedy.</exception>
    public static FaceApiWeights Read(string folder, string network) =>
        new(File.ReadAllBytes(Manifest(folder, network)), File.ReadAllBytes(Values(folder, network)));

    /// <summary>SHA-256 over manifest and values, hexadecimal.</summary>
    public static string Hash(string folder, string network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(Manifest(folder, network)));
        hash.AppendData(File.ReadAllBytes(Values(folder, network)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Manifest(string folder, string network) => Present(Path.Combine(folder, $"{network}_model-weights_manifest.json"));

    private static string Values(string folder, string network) => Present(Path.Combine(folder, $"{network}_model.bin"));

    private static string Present(string path) => File.Exists(path) ? path : throw new FaceModelException(
        $"The face network's weights '{path}' are missing. Build the program again: the build restores them with npm.");

    private static float[] Dequantise(ReadOnlySpan<byte> stored, JsonElement quantization)
    {
        // The reference implementation computes in double precision and rounds once.
        var (scale, min) = (quantization.GetProperty("scale").GetDouble(), quantization.GetProperty("min").GetDouble());
        var values = new float[stored.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((stored[i] * scale) + min);
        return values;
    }
}
