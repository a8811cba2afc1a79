using Atmosphere.Recognition.Faces.Onnx.Runtime;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Runs the networks in this process. Works on a limited number of photos at once; further calls wait.</summary>
internal sealed class OnnxFaceEngine : IFaceEngine, IInferenceClock, IDisposable
{
    private readonly FaceNetworks _networks;
    private readonly InferenceThreads _threads;

    /// <exception cref="Models.FaceModelException">A network is missing or does not match the settings.</exception>
    public OnnxFaceEngine(FaceModelOptions options)
    {
        var factory = new FaceNetworksFactory(options);
        Model = factory.Model();
        _networks = factory.Load();
        _threads = new InferenceThreads(options.WorkerCount);
    }

    public string Model { get; }

    public InferenceTimes Inference => _networks.Spent;

    public Task<IReadOnlyList<DetectedFace>> DetectAsync(Pixels photo, DetectionPlan plan, CancellationToken cancellation) =>
        _threads.RunAsync(() => _networks.Detect(photo, plan), cancellation);

    public Task<IReadOnlyList<FaceDescription>> EmbedAsync(Pixels photo, IReadOnlyList<DetectedFace> faces, CancellationToken cancellation) =>
        _threads.RunAsync(() => _networks.Describe(photo, faces), cancellation);

    public void Dispose()
    {
        _threads.Dispose();
        _networks.Dispose();
    }
}
