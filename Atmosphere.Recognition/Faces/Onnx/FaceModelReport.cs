using Atmosphere.Recognition.Faces.Onnx.Models;
using Atmosphere.Recognition.Faces.Onnx.Runtime;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Reports the runtime and the networks that the engine uses, for troubleshooting.</summary>
public sealed class FaceModelReport(FaceModelOptions options)
{
    /// <summary>The folder of the converted networks.</summary>
    public string Cache => options.Cache ?? ModelCache.DefaultFolder;

    /// <summary>Loads ONNX Runtime.</summary>
    /// <returns>Its version and file.</returns>
    /// <exception cref="DllNotFoundException">It is missing or cannot be loaded; the message says what to do.</exception>
    public string Runtime()
    {
        var (version, path) = OnnxRuntime.Load(options.LibraryPath);
        return $"{version}, {path}";
    }

    /// <summary>The networks with the first digits of their weights' hash, or the configured files.</summary>
    /// <exception cref="FaceModelException">Weights are missing; the message says what to do.</exception>
    public IReadOnlyList<string> Networks() =>
    [
        options.Detector ?? BuiltIn(SsdMobileNet.Network),
        BuiltIn(LandmarkNet.Network),
        options.Recogniser ?? BuiltIn(DescriptorNet.Network),
    ];

    private string BuiltIn(string network) =>
        $"{network} {FaceApiWeights.Hash(options.Weights ?? FaceApiWeights.BesideTheProgram, network)[..8]}";
}
