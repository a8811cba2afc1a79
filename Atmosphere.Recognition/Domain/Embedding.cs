using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Domain;

/// <summary>
/// A face embedding. All vectors of one model have the same length, 1 for the built-in one: it scales the model's distances to those that the
/// rules of the program mean. Only vectors of the same model can be compared.
/// </summary>
public sealed class Embedding
{
    private readonly float[] _values;

    private Embedding(float[] values) => _values = values;

    public ReadOnlySpan<float> Values => _values;

    /// <summary>Scales the values to the given length.</summary>
    /// <param name="values">In any scale.</param>
    /// <param name="length">The length of the model's vectors.</param>
    /// <exception cref="ArgumentException">All values are zero, or one is not finite.</exception>
    public static Embedding FromValues(ReadOnlySpan<float> values, float length = 1)
    {
        var norm = TensorPrimitives.Norm(values);
        if (!float.IsFinite(norm) || norm == 0)
            throw new ArgumentException("An embedding needs finite values that are not all zero.", nameof(values));

        var scaled = new float[values.Length];
        TensorPrimitives.Divide(values, norm / length, scaled);
        return new Embedding(scaled);
    }

    /// <summary>Reads the bytes that <see cref="ToBytes"/> wrote.</summary>
    public static Embedding FromBytes(ReadOnlySpan<byte> bytes)
    {
        var values = MemoryMarshal.Cast<byte, float>(bytes);
        return FromValues(values, TensorPrimitives.Norm(values));
    }

    /// <summary>The mean of several embeddings of one person, with their length.</summary>
    public static Embedding Mean(IReadOnlyCollection<Embedding> embeddings)
    {
        var sum = new float[embeddings.First()._values.Length];
        foreach (var embedding in embeddings)
            TensorPrimitives.Add(sum, embedding._values, sum);
        return FromValues(sum, TensorPrimitives.Norm(embeddings.First().Values));
    }

    /// <summary>The mean of several embeddings of one person, each with its weight above 0, with their length.</summary>
    public static Embedding Mean(IReadOnlyCollection<(Embedding Face, float Weight)> weighted)
    {
        var sum = new float[weighted.First().Face._values.Length];
        foreach (var (face, weight) in weighted)
            TensorPrimitives.MultiplyAdd(face._values, weight, sum, sum);
        return FromValues(sum, TensorPrimitives.Norm(weighted.First().Face.Values));
    }

    /// <summary>Euclidean distance, 0 (the same) to twice the length (opposite).</summary>
    public float DistanceTo(Embedding other) => TensorPrimitives.Distance(_values, other._values);

    /// <summary>Little-endian float32 values.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes(Values).ToArray();
}
