namespace Atmosphere.Recognition.Faces.Onnx.Models;

/// <summary>Weights: a shape and its values, the last dimension contiguous.</summary>
internal sealed record Tensor(int[] Shape, float[] Values)
{
    /// <summary>Converts TensorFlow filters (height, width, in, out) to ONNX (out, in, height, width).</summary>
    public Tensor FiltersFirst()
    {
        var (height, width, inputs, outputs) = (Shape[0], Shape[1], Shape[2], Shape[3]);
        var moved = new float[Values.Length];
        var pixels = height * width;
        for (var at = 0; at < Values.Length; at++)
        {
            var (output, input, pixel) = (at % outputs, at / outputs % inputs, at / (outputs * inputs));
            moved[(((output * inputs) + input) * pixels) + pixel] = Values[at];
        }

        return new Tensor([outputs, inputs, height, width], moved);
    }

    /// <summary>Converts height, width, channels, 1 to channels, 1, height, width.</summary>
    public Tensor DepthwiseFirst()
    {
        var turned = new Tensor([Shape[0], Shape[1], 1, Shape[2]], Values);
        return turned.FiltersFirst();
    }

    /// <summary>Multiplies each output channel (the first dimension) by its own factor.</summary>
    public Tensor ScaleOutputs(Func<int, float> factor)
    {
        var size = Values.Length / Shape[0];
        return this with { Values = [.. Values.Select((value, i) => value * factor(i / size))] };
    }

    /// <summary>The given output channels, in the given order.</summary>
    public Tensor Outputs(IEnumerable<int> channels)
    {
        var size = Values.Length / Shape[0];
        var kept = channels.SelectMany(channel => Values[(channel * size)..((channel + 1) * size)]).ToArray();
        return new Tensor([kept.Length / size, .. Shape[1..]], kept);
    }

    /// <summary>Concatenates the output channels of both.</summary>
    public Tensor Then(Tensor other) => new([Shape[0] + other.Shape[0], .. Shape[1..]], [.. Values, .. other.Values]);
}
