using System.Buffers;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Pictures;
using Atmosphere.Recognition.Faces.Onnx.Runtime;
using Atmosphere.Recognition.Imaging;
using Microsoft.ML.OnnxRuntime;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Computes embeddings: the mean of the network's outputs for the face and for its mirror image.</summary>
internal sealed class DescriptorNetwork : IDisposable
{
    private const int Batch = 8;

    private readonly OnnxSession _session;
    private readonly ChipRecipe _recipe;
    private readonly int _planar;
    private readonly int _batch;
    private readonly float _length;

    /// <param name="session">The network.</param>
    /// <param name="recipe">Its input.</param>
    /// <param name="length">The length of its vectors: <see cref="NamingRules.Length"/>.</param>
    /// <exception cref="OnnxRuntimeException">The network does not accept chips of this format.</exception>
    public DescriptorNetwork(OnnxSession session, ChipRecipe recipe, float length)
    {
        (_session, _recipe, _planar, _length) = (session, recipe, 3 * recipe.Side * recipe.Side, length);
        _batch = Takes(Batch) ? Batch : 1;
        using var one = Run(new float[_planar], 1);
        Values = one[0].GetTensorDataAsSpan<float>().Length;
    }

    /// <summary>Number of values of an embedding.</summary>
    public int Values { get; }

    /// <returns>The embedding of each face, and the distance between the face and its mirror image, 0..2.</returns>
    public List<(Embedding Face, float MirrorDistance)> Describe(Pixels photo, IReadOnlyList<IReadOnlyList<Point>> landmarks)
    {
        var values = new float[landmarks.Count * 2 * Values];
        var planes = ArrayPool<float>.Shared.Rent(Math.Min(landmarks.Count * 2, Math.Max(_batch, 2)) * _planar);
        try
        {
            for (var (from, perRun) = (0, Math.Max(_batch / 2, 1)); from < landmarks.Count; from += perRun)
            {
                var count = Math.Min(perRun, landmarks.Count - from);
                for (var i = 0; i < count; i++)
                    Cut(photo, landmarks[from + i], planes.AsSpan(2 * i * _planar, 2 * _planar));
                Run(planes, 2 * count, values.AsSpan(from * 2 * Values, count * 2 * Values));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(planes);
        }

        return [.. Enumerable.Range(0, landmarks.Count).Select(i => Both(values.AsSpan(2 * i * Values, 2 * Values)))];
    }

    /// <summary>Runs the network alone on prepared chips.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(float[] planes, int chips) =>
        _session.Run(planes, [chips, 3, _recipe.Side, _recipe.Side]);

    /// <summary>Time spent inside the network.</summary>
    public TimeSpan Spent => _session.Spent;

    public void Dispose() => _session.Dispose();

    private void Cut(Pixels photo, IReadOnlyList<Point> landmarks, Span<float> planes)
    {
        using var chip = Chip.Cut(photo, _recipe.ToPhoto(landmarks, _recipe.Side), _recipe.Side);
        Planes.Write(chip, _recipe.Colours, planes[.._planar], _recipe.Side, _recipe.Side);
        Planes.Mirror(planes[.._planar], planes[_planar..], _recipe.Side);
    }

    private void Run(float[] planes, int chips, Span<float> values)
    {
        if (_batch >= chips)
        {
            using var outputs = Run(planes, chips);
            outputs[0].GetTensorDataAsSpan<float>().CopyTo(values);
            return;
        }

        for (var i = 0; i < chips; i++)
        {
            using var outputs = Run(planes.AsSpan(i * _planar, _planar).ToArray(), 1);
            outputs[0].GetTensorDataAsSpan<float>().CopyTo(values[(i * Values)..]);
        }
    }

    private (Embedding Face, float MirrorDistance) Both(ReadOnlySpan<float> values)
    {
        var half = values.Length / 2;
        var (face, mirror) = (Embedding.FromValues(values[..half], _length), Embedding.FromValues(values[half..], _length));
        return (Embedding.Mean([face, mirror]), face.DistanceTo(mirror));
    }

    private bool Takes(int chips)
    {
        try
        {
            using var outputs = Run(new float[chips * _planar], chips);
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }
}
