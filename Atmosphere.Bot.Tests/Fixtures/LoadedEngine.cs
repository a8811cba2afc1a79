using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>The face networks, loaded once for the whole test run: that takes longer than most tests, and they keep nothing of what they saw.</summary>
internal static class LoadedEngine
{
    private static readonly Lazy<IFaceEngine> _engine = new(() => new OnnxFaceEngine(new FaceModelOptions()));
    private static readonly Lazy<IFaceEngine> _remembering = new(() => new RememberingEngine(Engine));

    /// <summary>The caller must not dispose the returned engine.</summary>
    public static IFaceEngine Engine => _engine.Value;

    /// <summary>The same, which remembers what it saw.</summary>
    public static IFaceEngine Remembering => _remembering.Value;
}
