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

    /// <summary>Identifies the vector format: the recogniser's weights, its family, the face alignment and the vectors' length.</summary>
    public string Model()
    {
        var length = Length() is 1 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $" {Length()}");
        var recipe = $"{_options.RecogniserFamily ?? DescriptorNet.Network} {AlignmentVersion} {RecogniserHash()}{length}";
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

        return new FaceNetworks(detector.Result, landmarks.Result, recogniser.Result, _options.TurnedPhotos);
    }

    public IFaceDetector Detector() => _options.DetectorFamily switch
    {
        null => new SsdDetector(BuiltIn(SsdMobileNet.Network, SsdMobileNet.Convert)),
        Families.YuNet => Own(nameof(FaceModelOptions.Detector), _options.Detector!, session => new YuNetDetector(session)),
        var family => throw new FaceModelException($"'{family}' is no known family of face detectors. Known: {string.Join(", ", Families.Detectors)}."),
    };

    public LandmarkNetwork Landmarks() => new(BuiltIn(LandmarkNet.Network, LandmarkNet.Convert));

    public DescriptorNetwork Recogniser() => _options.Recogniser is { } path
        ? Own(nameof(FaceModelOptions.Recogniser), path, session => new DescriptorNetwork(session, Families.Recipe(_options.RecogniserFamily), Length()))
        : new DescriptorNetwork(BuiltIn(DescriptorNet.Network, DescriptorNet.Convert), Families.Recipe(null), Length());

    /// <exception cref="FaceModelException">The file is no network of that family.</exception>
    public static void RequireRecogniser(string path, string family)
    {
        _ = OnnxRuntime.Load(null);
        try
        {
            using var session = new OnnxSession(File.ReadAllBytes(path), threads: 1);
            _ = new DescriptorNetwork(session, Families.Recipe(family), length: 1);
        }
        catch (Exception error) when (error is OnnxRuntimeException or ArgumentException)
        {
            throw new FaceModelException($"{path} is not a network of the family {family} ({error.Message}). Name another file or family.", error);
        }
    }

    private static void Discard<T>(Task<T> loaded)
        where T : IDisposable
    {
        if (loaded.IsCompletedSuccessfully)
            loaded.Result.Dispose();
    }

    private string RecogniserHash() => _options.Recogniser is { } path
        ? HashOf(path)
        : FaceApiWeights.Hash(_weights, DescriptorNet.Network);

    private float Length() => OwnRules.Of(_options).Length;

    /// <summary>The bytes of an ONNX file, converted if it is an OpenVINO network.</summary>
    private byte[] Read(string path) => IsOpenVino(path)
        ? _cache.Get(
            Path.GetFileNameWithoutExtension(path),
            HashOf(path),
            () => OpenVinoModel.Convert(File.ReadAllBytes(path), File.ReadAllBytes(OpenVinoModel.WeightsOf(path))))
        : File.ReadAllBytes(path);

    private static string HashOf(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(path));
        if (IsOpenVino(path))
            hash.AppendData(File.ReadAllBytes(OpenVinoModel.WeightsOf(path)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsOpenVino(string path) => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

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
            session = new OnnxSession(Read(path), _options.Threads);
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
