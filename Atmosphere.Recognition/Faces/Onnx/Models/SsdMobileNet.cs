namespace Atmosphere.Recognition.Faces.Onnx.Models;

/// <summary>
/// The detector: MobileNet v1 with six single-shot predictors, for pictures of any size (RGB, channels first, -1..1).
/// Each predictor has one output, shaped 1 x 5A x height x width: for each of its A anchors four box terms (y, x, height, width),
/// then for each anchor the logit of "face". The other classes are dropped.
/// </summary>
internal static class SsdMobileNet
{
    public const string Network = "ssd_mobilenetv1";
    private const double Epsilon = 0.0010000000474974513;
    private const int Classes = 3;
    private const int FaceClass = 1;

    /// <summary>Anchors of each cell of the six predictors.</summary>
    public static readonly int[] Anchors = [3, 6, 6, 6, 6, 6];

    private static readonly int[] _halving = [2, 4, 6, 12];

    public static byte[] Convert(FaceApiWeights weights)
    {
        var graph = new OnnxGraph(Network);
        var features = new List<string>();
        var x = Pointwise(graph, weights, "MobilenetV1", 0, graph.Input("image", 1, 3, -1, -1), stride: 2);
        for (var layer = 1; layer <= 13; layer++)
        {
            x = Depthwise(graph, weights, layer, x, _halving.Contains(layer) ? 2 : 1);
            x = Pointwise(graph, weights, "MobilenetV1", layer, x, stride: 1);
            if (layer is 11 or 13)
                features.Add(x);
        }

        for (var layer = 0; layer < 8; layer++)
        {
            x = Pointwise(graph, weights, "Prediction", layer, x, stride: 1 + (layer % 2));
            if (layer % 2 == 1)
                features.Add(x);
        }

        for (var i = 0; i < features.Count; i++)
            graph.Output($"faces{i}", Predict(graph, weights, i, features[i]), 1, 5 * Anchors[i], -1, -1);
        return graph.ToModel();
    }

    private static string Pointwise(OnnxGraph graph, FaceApiWeights weights, string part, int layer, string input, int stride)
    {
        var name = $"{part}/Conv2d_{layer}_pointwise";
        var filters = weights[$"{name}/weights"].FiltersFirst();
        return graph.Relu6(graph.Conv(input, filters, weights[$"{name}/convolution_bn_offset"], stride, same: true));
    }

    private static string Depthwise(OnnxGraph graph, FaceApiWeights weights, int layer, string input, int stride)
    {
        var name = $"MobilenetV1/Conv2d_{layer}_depthwise";
        var (gamma, beta) = (weights[$"{name}/BatchNorm/gamma"].Values, weights[$"{name}/BatchNorm/beta"].Values);
        var (mean, variance) = (weights[$"{name}/BatchNorm/moving_mean"].Values, weights[$"{name}/BatchNorm/moving_variance"].Values);
        var factors = gamma.Select((value, i) => value / Math.Sqrt(variance[i] + Epsilon)).ToArray();
        var bias = beta.Select((value, i) => (float)(value - (mean[i] * factors[i]))).ToArray();
        var filters = weights[$"{name}/depthwise_weights"].DepthwiseFirst().ScaleOutputs(i => (float)factors[i]);
        return graph.Relu6(graph.Conv(input, filters, new Tensor([bias.Length], bias), stride, same: true, groups: bias.Length));
    }

    private static string Predict(OnnxGraph graph, FaceApiWeights weights, int predictor, string input)
    {
        var name = $"Prediction/BoxPredictor_{predictor}";
        var faces = Enumerable.Range(0, Anchors[predictor]).Select(anchor => (anchor * Classes) + FaceClass).ToArray();
        var filters = weights[$"{name}/BoxEncodingPredictor/weights"].FiltersFirst()
            .Then(weights[$"{name}/ClassPredictor/weights"].FiltersFirst().Outputs(faces));
        var bias = weights[$"{name}/BoxEncodingPredictor/biases"].Then(weights[$"{name}/ClassPredictor/biases"].Outputs(faces));
        return graph.Conv(input, filters, bias, 1, same: true);
    }
}
