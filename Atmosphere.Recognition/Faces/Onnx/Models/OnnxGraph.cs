using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Faces.Onnx.Models;

/// <summary>Writes an ONNX model node by node. Each method adds one node and returns the name of its output.</summary>
internal sealed class OnnxGraph(string name)
{
    private const int FloatType = 1;
    private const int Opset = 13;
    private const int IrVersion = 8;

    private readonly ProtoWriter _graph = new();
    private int _names;

    /// <summary>Declares an input; a negative size is dynamic.</summary>
    public string Input(string input, params ReadOnlySpan<long> shape)
    {
        _graph.Message(11, Value(input, shape));
        return input;
    }

    public void Output(string output, string value, params ReadOnlySpan<long> shape)
    {
        Node("Identity", [value], output);
        _graph.Message(12, Value(output, shape));
    }

    public string Constant(Tensor tensor) => Initializer(FloatType, MemoryMarshal.AsBytes(tensor.Values.AsSpan()), tensor.Shape);

    /// <param name="input">Channels first.</param>
    /// <param name="weights">Output channels, input channels per group, height, width.</param>
    /// <param name="bias">One per output channel.</param>
    /// <param name="stride">For both axes.</param>
    /// <param name="same">Pads so that the output size is the input size over the stride, odd pixel last; otherwise none.</param>
    /// <param name="groups">1, or the number of channels (depthwise).</param>
    public string Conv(string input, Tensor weights, Tensor bias, int stride, bool same, int groups = 1) =>
        Node("Conv", [input, Constant(weights), Constant(bias)], null,
            Ints("kernel_shape", weights.Shape[2], weights.Shape[3]),
            Ints("strides", stride, stride),
            Int("group", groups),
            Text("auto_pad", same ? "SAME_UPPER" : "VALID"));

    /// <param name="input">Channels first.</param>
    /// <param name="weights">Output channels, input channels per group, height, width.</param>
    /// <param name="stride">For both axes.</param>
    /// <param name="padding">Pixels of zeros on each side.</param>
    /// <param name="groups">1, or the number of channels (depthwise).</param>
    public string PaddedConv(string input, Tensor weights, int stride, int padding, int groups = 1) =>
        Node("Conv", [input, Constant(weights)], null,
            Ints("kernel_shape", weights.Shape[2], weights.Shape[3]),
            Ints("strides", stride, stride),
            Ints("pads", padding, padding, padding, padding),
            Int("group", groups));

    public string Relu(string input) => Node("Relu", [input]);

    public string Relu6(string input) => Node("Clip", [input, Scalar(0), Scalar(6)]);

    /// <summary>Values below zero are multiplied by the slope.</summary>
    public string LeakyRelu(string input, float slope) => Node("LeakyRelu", [input], null, Float("alpha", slope));

    public string Sigmoid(string input) => Node("Sigmoid", [input]);

    public string Multiply(string a, string b) => Node("Mul", [a, b]);

    public string Add(string a, string b) => Node("Add", [a, b]);

    public string MaxPool(string input, int size, int stride) =>
        Node("MaxPool", [input], null, Ints("kernel_shape", size, size), Ints("strides", stride, stride));

    public string AveragePool(string input, int size, int stride) =>
        Node("AveragePool", [input], null, Ints("kernel_shape", size, size), Ints("strides", stride, stride));

    public string GlobalAveragePool(string input) => Node("GlobalAveragePool", [input]);

    public string Flatten(string input) => Node("Flatten", [input]);

    public string Concat(params string[] inputs) => Node("Concat", inputs, null, Int("axis", 1));

    /// <summary>Pads with zeros before and after each dimension, in ONNX's order.</summary>
    public string Pad(string input, params long[] pads) =>
        Node("Pad", [input, Initializer(Int64Type, MemoryMarshal.AsBytes(pads.AsSpan()), [pads.Length])]);

    /// <summary>input * weights + bias, weights being inputs x outputs.</summary>
    public string Dense(string input, Tensor weights, Tensor? bias) =>
        Node("Gemm", bias is null ? [input, Constant(weights)] : [input, Constant(weights), Constant(bias)]);

    public byte[] ToModel() => new ProtoWriter()
        .Int(1, IrVersion)
        .Text(2, "atmosphere")
        .Message(7, _graph.Text(2, name))
        .Message(8, new ProtoWriter().Text(1, "").Int(2, Opset))
        .ToArray();

    private const int Int64Type = 7;

    private string Scalar(float value) => Initializer(FloatType, MemoryMarshal.AsBytes([value]), []);

    private string Initializer(int type, ReadOnlySpan<byte> raw, ReadOnlySpan<int> shape)
    {
        var tensor = new ProtoWriter();
        foreach (var size in shape)
            tensor.Int(1, size);
        var constant = NewName();
        _graph.Message(5, tensor.Int(2, type).Text(8, constant).Bytes(9, raw));
        return constant;
    }

    private string Node(string operation, ReadOnlySpan<string> inputs, string? output = null, params ReadOnlySpan<ProtoWriter> attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        output ??= NewName();
        node.Text(2, output).Text(3, output).Text(4, operation);
        foreach (var attribute in attributes)
            node.Message(5, attribute);
        _graph.Message(1, node);
        return output;
    }

    private string NewName() => $"t{_names++}";

    private static ProtoWriter Value(string name, ReadOnlySpan<long> shape)
    {
        var dimensions = new ProtoWriter();
        for (var i = 0; i < shape.Length; i++)
            dimensions.Message(1, shape[i] < 0 ? new ProtoWriter().Text(2, $"{name}{i}") : new ProtoWriter().Int(1, shape[i]));
        return new ProtoWriter().Text(1, name)
            .Message(2, new ProtoWriter().Message(1, new ProtoWriter().Int(1, FloatType).Message(2, dimensions)));
    }

    private static ProtoWriter Int(string name, long value) => new ProtoWriter().Text(1, name).Int(3, value).Int(20, 2);

    private static ProtoWriter Float(string name, float value) => new ProtoWriter().Text(1, name).Float(2, value).Int(20, 1);

    private static ProtoWriter Text(string name, string value) => new ProtoWriter().Text(1, name).Text(4, value).Int(20, 3);

    private static ProtoWriter Ints(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new ProtoWriter().Text(1, name);
        foreach (var value in values)
            attribute.Int(8, value);
        return attribute.Int(20, 7);
    }
}
