using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Faces;

/// <summary>One engine for all tests: loading it takes longer than most of them.</summary>
public sealed class SharedEngine : IDisposable
{
    private readonly Lazy<OnnxFaceEngine> _engine = new(() => new OnnxFaceEngine(new FaceModelOptions()));

    internal OnnxFaceEngine Engine => _engine.Value;

    internal PhotoDecoder Decoder { get; } = new(new ImagingOptions());

    internal Pixels Read(string path) => Decoder.Decode(File.ReadAllBytes(path), path);

    public void Dispose()
    {
        if (_engine.IsValueCreated)
            _engine.Value.Dispose();
    }
}

[CollectionDefinition(nameof(SharedEngine))]
public sealed class EngineTests : ICollectionFixture<SharedEngine>;
