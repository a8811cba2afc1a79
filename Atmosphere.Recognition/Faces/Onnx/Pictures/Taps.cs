namespace Atmosphere.Recognition.Faces.Onnx.Pictures;

/// <summary>
/// The filter along one axis: the source pixels of each output pixel and their weights. The weights form a triangle as wide as two output
/// pixels (at least two source pixels), so that shrinking does not alias. Outputs centred outside the photo have no source pixels.
/// </summary>
internal sealed class Taps
{
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly float[] _weights;
    private readonly int _most;

    /// <param name="size">Pixels of the photo along the axis.</param>
    /// <param name="from">Start of the region, pixels; may be negative.</param>
    /// <param name="length">Length of the region, pixels.</param>
    /// <param name="outputs">Number of output pixels.</param>
    /// <param name="extend">Repeat the border outside the photo; otherwise it is black.</param>
    public Taps(int size, float from, float length, int outputs, bool extend)
    {
        var step = length / outputs;
        var radius = Math.Max(step, 1);
        _most = (int)Math.Ceiling(2 * radius) + 1;
        (_first, _count, _weights) = (new int[outputs], new int[outputs], new float[outputs * _most]);
        for (var output = 0; output < outputs; output++)
        {
            var centre = from + ((output + 0.5f) * step);
            if (extend)
                centre = Math.Clamp(centre, 0.5f, size - 0.5f);
            if (centre < 0 || centre > size)
                continue;

            var first = Math.Max((int)Math.Ceiling(centre - radius - 0.5f), 0);
            var last = Math.Min((int)Math.Floor(centre + radius - 0.5f), size - 1);
            (_first[output], _count[output]) = (first, last - first + 1);
            var weights = _weights.AsSpan(output * _most, last - first + 1);
            var sum = 0f;
            for (var i = 0; i < weights.Length; i++)
                sum += weights[i] = Math.Max(1 - (Math.Abs(first + i + 0.5f - centre) / radius), 1e-6f);
            foreach (ref var weight in weights)
                weight /= sum;
        }
    }

    /// <summary>The range of source pixels used.</summary>
    public (int From, int To) Used()
    {
        var (from, to) = (int.MaxValue, 0);
        for (var i = 0; i < _count.Length; i++)
        {
            if (_count[i] > 0)
                (from, to) = (Math.Min(from, _first[i]), Math.Max(to, _first[i] + _count[i]));
        }

        return (Math.Min(from, to), to);
    }

    public int First(int output) => _first[output];

    public ReadOnlySpan<float> Weights(int output) => _weights.AsSpan(output * _most, _count[output]);
}
