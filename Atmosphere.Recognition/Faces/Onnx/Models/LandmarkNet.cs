namespace Atmosphere.Recognition.Faces.Onnx.Models;

/// <summary>
/// The landmark network: N x 3 x 112 x 112 (RGB minus the mean, over 255) to N x 136, x and y of 68 points as shares of the picture's side.
/// </summary>
internal static class LandmarkNet
{
    public const string Network = "face_landmark_68";
    public const int Side = 112;

    public static byte[] Convert(FaceApiWeights weights)
    {
        var graph = new OnnxGraph(Network);
        var x = graph.Input("faces", -1, 3, Side, Side);
        for (var block = 0; block < 4; block++)
            x = DenseBlock(graph, weights, block, x);
        x = graph.Flatten(graph.AveragePool(x, 7, 2));
        graph.Output("landmarks", graph.Dense(x, weights["fc/weights"], weights["fc/bias"]), -1, 136);
        return graph.ToModel();
    }

    private static string DenseBlock(OnnxGraph graph, FaceApiWeights weights, int block, string input)
    {
        var first = block == 0
            ? graph.Conv(input, weights["dense0/conv0/filters"].FiltersFirst(), weights["dense0/conv0/bias"], 2, same: true)
            : Separable(graph, weights, $"dense{block}/conv0", input, 2);

        // Each layer gets the sum of all outputs before it.
        var sum = graph.Relu(first);
        var x = sum;
        for (var layer = 1; layer < 4; layer++)
        {
            sum = graph.Add(sum, Separable(graph, weights, $"dense{block}/conv{layer}", x, 1));
            x = graph.Relu(sum);
        }

        return x;
    }

    private static string Separable(OnnxGraph graph, FaceApiWeights weights, string name, string input, int stride)
    {
        var depthwise = weights[$"{name}/depthwise_filter"].DepthwiseFirst();
        var channels = depthwise.Shape[0];
        var spread = graph.Conv(input, depthwise, new Tensor([channels], new float[channels]), stride, same: true, groups: channels);
        return graph.Conv(spread, weights[$"{name}/pointwise_filter"].FiltersFirst(), weights[$"{name}/bias"], 1, same: true);
    }
}
