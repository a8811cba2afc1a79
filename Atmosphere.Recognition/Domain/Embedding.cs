using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Domain;

/// <summary>A face embedding: a unit vector. Only vectors of the same model can be compared.</summary>
public sealed class Embedding
{
    private readonly float[] _values;

    private Embedding(float[] values) => _values = values;

    public ReadOnlySpan<float> Values => _values;

    /// <summary>Scales the values to length one.</summary>
    /// <exception cref="ArgumentException">All values are zero, or one is not finite.</exception>
    public static Embedding FromValues(ReadOnlySpan<float> values)
    {
        var norm = TensorPrimitives.Norm(values);
        if (!float.IsFinite(norm) || norm == 0)
            throw new ArgumentException("An embedding needs finite values that are not all zero.", nameof(values));

        var unit = new float[values.Length];
        TensorPrimitives.Divide(values, norm, unit);
        return new Embedding(unit);
    }

    /// <summary>Reads the bytes that <see cref="ToBytes"/> wrote.</summary>
    public static Embedding FromBytes(ReadOnlySpan<byte> bytes) => FromValues(MemoryMarshal.Cast<byte, float>(bytes));

    /// <summary>The normalised mean of several embeddings of one person.</summary>
    public static Embedding Mean(IReadOnlyCollection<Embedding> embeddings)
    {
        var sum = new float[embeddings.First()._values.Length];
        foreach (var embedding in embeddings)
            TensorPrimitives.Add(sum, embedding._values, sum);
        return FromValues(sum);
    }

    /// <summary>The normalised mean of several embeddings of one person, each with its weight above 0.</summary>
    public static Embedding Mean(IReadOnlyCollection<(Embedding Face, float Weight)> weighted)
    {
        var sum = new float[weighted.First().Face._values.Length];
        foreach (var (face, weight) in weighted)
            TensorPrimitives.MultiplyAdd(face._values, weight, sum, sum);
        return FromValues(sum);
    }

    /// <summary>Euclidean distance, 0 (the same) to 2 (opposite).</summary>
    public float DistanceTo(Embedding other) => TensorPrimitives.Distance(_values, other._values);

    /// <summary>Little-endian float32 values.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes(Values).ToArray();
}
