using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Atmosphere.Recognition.Faces.Onnx.Models;

/// <summary>
/// Converts a network of the Open Model Zoo, an XML file of layers and edges beside a file of float16 weights, to ONNX. Knows the layers of the
/// face re-identification networks.
/// </summary>
internal sealed class OpenVinoModel
{
    private readonly OnnxGraph _graph;
    private readonly byte[] _weights;
    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, Tensor> _constants = [];
    private readonly Dictionary<string, string[]> _inputs;

    private OpenVinoModel(XElement net, byte[] weights)
    {
        _graph = new OnnxGraph((string?)net.Attribute("name") ?? "openvino");
        _weights = weights;
        _inputs = net.Elements("edges").Elements("edge")
            .GroupBy(edge => Text(edge, "to-layer"), edge => (Port: Number(edge, "to-port"), From: Text(edge, "from-layer")))
            .ToDictionary(layer => layer.Key, layer => layer.OrderBy(edge => edge.Port).Select(edge => edge.From).ToArray());
    }

    /// <summary>The weights of a network: the file beside its XML with the ending bin.</summary>
    public static string WeightsOf(string xml) => Path.ChangeExtension(xml, ".bin");

    /// <param name="xml">The layers.</param>
    /// <param name="weights">The weights.</param>
    /// <returns>An ONNX model for any number of pictures at once.</returns>
    /// <exception cref="FaceModelException">The files are damaged, or the network has a layer that is not known.</exception>
    public static byte[] Convert(byte[] xml, byte[] weights)
    {
        try
        {
            using var stream = new MemoryStream(xml);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var net = XElement.Load(reader);
            var model = new OpenVinoModel(net, weights);
            // The layers stand in an order in which each needs only earlier ones.
            foreach (var layer in net.Elements("layers").Elements("layer"))
                model.Add(layer);
            return model._graph.ToModel();
        }
        catch (Exception error) when (error is XmlException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new FaceModelException($"It is no OpenVINO network that can be converted ({error.Message}).", error);
        }
    }

    private void Add(XElement layer)
    {
        var (id, type) = (Text(layer, "id"), Text(layer, "type"));
        var data = layer.Element("data");
        switch (type)
        {
            case "Parameter":
                _values[id] = _graph.Input("input", [-1, .. Sizes(data!, "shape").Skip(1)]);
                break;
            case "Const":
                _constants[id] = Constant(data!);
                break;
            case "Convert":
                _constants[id] = _constants[Input(id, 0)];
                break;
            case "Result":
                _graph.Output("output", _graph.Flatten(Value(id, 0)), -1, Sizes(layer.Element("input")!.Element("port")!)[1]);
                break;
            default:
                _values[id] = Node(id, type, data, layer);
                break;
        }
    }

    private string Node(string id, string type, XElement? data, XElement layer) => type switch
    {
        "Add" => _graph.Add(Value(id, 0), Value(id, 1)),
        "Multiply" => _graph.Multiply(Value(id, 0), Value(id, 1)),
        "Convolution" => Convolution(id, data!, Weights(id, 1)),
        "GroupConvolution" => Grouped(id, data!, Weights(id, 1)),
        // A slope for all channels is a LeakyRelu, which the runtime computes three times faster.
        "PReLU" => _graph.LeakyRelu(Value(id, 0), Weights(id, 1) is { Values: [var slope] } ? slope : throw new FormatException($"layer {id} has several slopes")),
        "AvgPool" => Pool(id, data!, layer),
        "Sigmoid" => _graph.Sigmoid(Value(id, 0)),
        _ => throw new FormatException($"layer {id} is of type {type}"),
    };

    private string Convolution(string id, XElement data, Tensor weights, int groups = 1)
    {
        var (stride, padding) = (Square(data, "strides"), Square(data, "pads_begin"));
        return Square(data, "pads_end") == padding && Square(data, "dilations") == 1
            ? _graph.PaddedConv(Value(id, 0), weights, stride, padding, groups)
            : throw new FormatException($"layer {id} pads or dilates in a way that is not known");
    }

    private string Grouped(string id, XElement data, Tensor weights)
    {
        var groups = weights.Shape[0];
        return Convolution(id, data, new Tensor([groups * weights.Shape[1], .. weights.Shape[2..]], weights.Values), groups);
    }

    private string Pool(string id, XElement data, XElement layer) =>
        Sizes(layer.Element("input")!.Element("port")!).AsSpan(2).SequenceEqual(Sizes(data, "kernel"))
            ? _graph.GlobalAveragePool(Value(id, 0))
            : throw new FormatException($"layer {id} averages over parts of the picture");

    private Tensor Constant(XElement data)
    {
        var (at, size) = (Number(data, "offset"), Number(data, "size"));
        if (Text(data, "element_type") != "f16")
            throw new FormatException($"weights are of type {Text(data, "element_type")}");
        var halves = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(_weights.AsSpan(at, size));
        var values = new float[halves.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)halves[i];
        return new Tensor([.. Sizes(data, "shape").Select(length => (int)length)], values);
    }

    private string Input(string id, int port) => _inputs[id][port];

    private Tensor Weights(string id, int port) => _constants[Input(id, port)];

    private string Value(string id, int port) =>
        _values.TryGetValue(Input(id, port), out var value) ? value : _graph.Constant(_constants[Input(id, port)]);

    private static int Square(XElement data, string name) =>
        Sizes(data, name) is [var height, var width] && height == width ? (int)height : throw new FormatException($"{name} is not the same for both axes");

    private static long[] Sizes(XElement data, string name) =>
        [.. Text(data, name).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(size => long.Parse(size, CultureInfo.InvariantCulture))];

    private static long[] Sizes(XElement port) => [.. port.Elements("dim").Select(size => (long)size)];

    private static int Number(XElement element, string name) => int.Parse(Text(element, name), CultureInfo.InvariantCulture);

    private static string Text(XElement element, string name) =>
        (string?)element.Attribute(name) ?? throw new FormatException($"{element.Name} has no {name}");
}
