using System.Numerics.Tensors;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx;
using BenchmarkDotNet.Attributes;

namespace Atmosphere.Bench.Small;

/// <summary>The exact search of a collection against reading its vectors once, which no search can do without.</summary>
public class FaceSearch
{
    private const int Length = 128;
    private const int Most = 4;

    private float[] _vectors = [];
    private Embedding _face = null!;
    private VectorIndex _index = VectorIndex.Empty;

    /// <summary>Registered persons of the group.</summary>
    [Params(100, 10_000)]
    public int Persons { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        _vectors = [.. Enumerable.Range(0, Persons * Length).Select(_ => random.NextSingle() - 0.5f)];
        var rows = Enumerable.Range(0, Persons)
            .ToDictionary(row => new PersonId($"p{row}"), row => (Embedding?)Embedding.FromValues(_vectors.AsSpan(row * Length, Length)));
        _index = VectorIndex.Empty.With(rows);
        _face = rows.Values.First()!;
    }

    [Benchmark(Baseline = true)]
    public float ReadVectors() => TensorPrimitives.Sum<float>(_vectors);

    [Benchmark]
    public int NearestFour() => _index.Nearest(_face, Most).Count;
}
