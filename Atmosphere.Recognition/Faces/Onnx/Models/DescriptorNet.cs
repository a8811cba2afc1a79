namespace Atmosphere.Recognition.Faces.Onnx.Models;

/// <summary>The descriptor, a residual network: N x 3 x 150 x 150 (RGB minus the mean, over 255) to N x 128 values.</summary>
internal static class DescriptorNet
{
    public const string Network = "face_recognition";
    public const int Side = 150;
    public const int Values = 128;

    public static byte[] Convert(FaceApiWeights weights)
    {
        var graph = new OnnxGraph(Network);
        var x = graph.Relu(Conv(graph, weights, "conv32_down", graph.Input("faces", -1, 3, Side, Side), stride: 2));
        x = graph.MaxPool(x, 3, 2);
        x = Blocks(graph, weights, x, "conv32", 3);
        x = Blocks(graph, weights, Down(graph, weights, "conv64_down", x, widen: 32, pad: false), "conv64", 3);
        x = Blocks(graph, weights, Down(graph, weights, "conv128_down", x, widen: 64, pad: false), "conv128", 2);
        x = Blocks(graph, weights, Down(graph, weights, "conv256_down", x, widen: 128, pad: true), "conv256", 2);
        x = Down(graph, weights, "conv256_down_out", x, widen: 0, pad: true);
        graph.Output("descriptors", graph.Dense(graph.Flatten(graph.GlobalAveragePool(x)), weights["fc"], null), -1, Values);
        return graph.ToModel();
    }

    private static string Blocks(OnnxGraph graph, FaceApiWeights weights, string input, string name, int count)
    {
        var x = input;
        for (var i = 1; i <= count; i++)
        {
            var inner = graph.Relu(Conv(graph, weights, $"{name}_{i}/conv1", x, stride: 1));
            x = graph.Relu(graph.Add(Conv(graph, weights, $"{name}_{i}/conv2", inner, stride: 1), x));
        }

        return x;
    }

    /// <summary>Halves the picture. The shortcut is averaged, and padded with zero channels if the block has more channels.</summary>
    private static string Down(OnnxGraph graph, FaceApiWeights weights, string name, string input, int widen, bool pad)
    {
        var x = graph.Relu(Conv(graph, weights, $"{name}/conv1", input, stride: 2));
        x = Conv(graph, weights, $"{name}/conv2", x, stride: 1);
        if (pad)
            x = graph.Pad(x, 0, 0, 0, 0, 0, 0, 1, 1);

        var shortcut = graph.AveragePool(input, 2, 2);
        if (widen > 0)
            shortcut = graph.Pad(shortcut, 0, 0, 0, 0, 0, widen, 0, 0);
        return graph.Relu(graph.Add(shortcut, x));
    }

    private static string Conv(OnnxGraph graph, FaceApiWeights weights, string name, string input, int stride)
    {
        // y = (w * x + b) * scale + shift can be folded into one convolution.
        var (scale, shift) = (weights[$"{name}/scale/weights"].Values, weights[$"{name}/scale/biases"].Values);
        var bias = weights[$"{name}/conv/bias"].Values.Select((value, i) => (value * scale[i]) + shift[i]).ToArray();
        var filters = weights[$"{name}/conv/filters"].FiltersFirst().ScaleOutputs(i => scale[i]);
        return graph.Conv(input, filters, new Tensor([bias.Length], bias), stride, same: stride == 1);
    }
}
