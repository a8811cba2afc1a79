using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Atmosphere.Recognition.Faces.Onnx.Detectors;
using Atmosphere.Recognition.Faces.Onnx.Models;
using Atmosphere.Recognition.Faces.Onnx.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Loads the networks named in the settings.</summary>
internal sealed class FaceNetworksFactory
{
    // Increase it when the input of the same network changes: its vectors are no longer comparable.
    private const string AlignmentVersion = "chip-1";

    private readonly FaceModelOptions _options;
    private readonly string _weights;
    private readonly ModelCache _cache;

    public FaceNetworksFactory(FaceModelOptions options)
    {
        _options = options;
        _weights = options.Weights ?? FaceApiWeights.BesideTheProgram;
        _cache = new ModelCache(options.Cache ?? ModelCache.DefaultFolder);
        _ = OnnxRuntime.Load(options.LibraryPath);
    }

    /// <summary>Identifies the vector format: the recogniser's weights, its family and the face alignment.</summary>
    public string Model()
    {
        var recipe = $"{_options.RecogniserFamily ?? DescriptorNet.Network} {AlignmentVersion} {RecogniserHash()}";
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(recipe)));
    }

    /// <exception cref="FaceModelException">A network is missing or does not match the settings.</exception>
    public FaceNetworks Load()
    {
        // Optimising a graph takes longer than reading it, so they are loaded in parallel.
        var detector = Task.Run(Detector);
        var landmarks = Task.Run(Landmarks);
        var recogniser = Task.Run(Recogniser);
        try
        {
            Task.WaitAll(detector, landmarks, recogniser);
        }
        catch (AggregateException failed)
        {
            // After a failure dispose all of them, including those still loading.
            Discard(detector);
            Discard(landmarks);
            Discard(recogniser);
            ExceptionDispatchInfo.Throw(failed.InnerException!);
        }

        return new FaceNetworks(detector.Result, landmarks.Result, recogniser.Result);
    }

    public IFaceDetector Detector() => _options.DetectorFamily switch
    {
        null => new SsdDetector(BuiltIn(SsdMobileNet.Network, SsdMobileNet.Convert)),
        Families.YuNet => Own(nameof(FaceModelOptions.Detector), _options.Detector!, session => new YuNetDetector(session)),
        var family => throw new FaceModelException($"'{family}' is no known family of face detectors. Known: {string.Join(", ", Families.Detectors)}."),
    };

    public LandmarkNetwork Landmarks() => new(BuiltIn(LandmarkNet.Network, LandmarkNet.Convert));

    public DescriptorNetwork Recogniser() => _options.Recogniser is { } path
        ? Own(nameof(FaceModelOptions.Recogniser), path, session => new DescriptorNetwork(session, Families.Recipe(_options.RecogniserFamily)))
        : new DescriptorNetwork(BuiltIn(DescriptorNet.Network, DescriptorNet.Convert), Families.Recipe(null));

    private static void Discard<T>(Task<T> loaded)
        where T : IDisposable
    {
        if (loaded.IsCompletedSuccessfully)
            loaded.Result.Dispose();
    }

    private string RecogniserHash() => _options.Recogniser is { } path
        ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))
        : FaceApiWeights.Hash(_weights, DescriptorNet.Network);

    private OnnxSession BuiltIn(string network, Func<FaceApiWeights, byte[]> convert)
    {
        var model = _cache.Get(network, FaceApiWeights.Hash(_weights, network), () => convert(FaceApiWeights.Read(_weights, network)));
        return new OnnxSession(model, _options.Threads);
    }

    private T Own<T>(string setting, string path, Func<OnnxSession, T> use)
    {
        OnnxSession? session = null;
        try
        {
            session = new OnnxSession(File.ReadAllBytes(path), _options.Threads);
            return use(session);
        }
        catch (Exception error) when (error is OnnxRuntimeException or IOException or ArgumentException or FaceModelException)
        {
            session?.Dispose();
            throw new FaceModelException(
                $"{FaceModelOptions.Section}:{setting} is '{path}', which is not a network of the family that {setting}Family says ({error.Message}). "
                + "Name another file or family, or leave both settings out.", error);
        }
    }
}
