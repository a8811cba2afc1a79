using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Faces.Onnx.Models;

namespace Atmosphere.Bot.Tests.Faces;

[Collection(nameof(SharedEngine))]
public sealed class ModelTests(SharedEngine shared) : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("atmosphere-models-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public void A_damaged_cache_file_is_made_again()
    {
        var options = new FaceModelOptions { Cache = _cache };
        using (new FaceNetworksFactory(options).Landmarks())
        {
        }

        var file = Assert.Single(Directory.GetFiles(_cache));
        var whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..(whole.Length / 2)]);
        using (new FaceNetworksFactory(options).Landmarks())
        {
        }

        Assert.Equal(whole, File.ReadAllBytes(file));
    }

    [Fact]
    public void Programs_that_start_together_leave_one_good_file()
    {
        var cache = new ModelCache(_cache);
        Parallel.For(0, 16, i => Assert.Equal([1, 2, 3], cache.Get("network", new string('a', 64), () => [1, 2, 3])));
        Assert.Single(Directory.GetFiles(_cache));
    }

    [Fact]
    public void Missing_weights_are_told_in_one_sentence_with_the_remedy()
    {
        var missing = Assert.Throws<FaceModelException>(() => new OnnxFaceEngine(new FaceModelOptions { Weights = _cache, Cache = _cache }));
        Assert.Contains("weights", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Build the program again", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_own_detector_needs_a_file_and_a_known_family()
    {
        Assert.Contains("which is not there", Assert.Single(new FaceModelOptions { Detector = "no.onnx", DetectorFamily = "yunet" }.AllProblems()), StringComparison.Ordinal);
        Assert.Contains("Known: yunet", Assert.Single(new FaceModelOptions { Detector = typeof(ModelTests).Assembly.Location, DetectorFamily = "yolo" }.AllProblems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_another_family_is_told_in_one_sentence()
    {
        var path = Path.Combine(_cache, "landmarks.onnx");
        File.WriteAllBytes(path, LandmarkNet.Convert(FaceApiWeights.Read(SharedPhotos.Samples, LandmarkNet.Network)));
        var options = new FaceModelOptions { Cache = _cache, Detector = path, DetectorFamily = "yunet" };
        var refused = Assert.Throws<FaceModelException>(() => new OnnxFaceEngine(options));
        Assert.StartsWith($"Atmosphere:Faces:Models:Detector is '{path}', which is not a network of the family", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_recogniser_gets_five_point_chips_and_makes_vectors_of_its_own_model()
    {
        // No such network is at hand: this one describes a chip by its mean colour.
        var graph = new OnnxGraph("mean colour");
        graph.Output("colour", graph.Flatten(graph.GlobalAveragePool(graph.Input("faces", 1, 3, 112, 112))), 1, 3);
        var path = Path.Combine(_cache, "colour.onnx");
        File.WriteAllBytes(path, graph.ToModel());

        using var engine = new OnnxFaceEngine(new FaceModelOptions { Cache = _cache, Recogniser = path, RecogniserFamily = "sface" });
        var photo = shared.Read(Path.Combine(SharedPhotos.Samples, "sample1.jpg"));
        var described = await engine.EmbedAsync(photo, await engine.DetectAsync(photo, DetectionPlan.Fast, default), default);
        Assert.All(described, face => Assert.Equal(3, face.Embedding.Values.Length));
        Assert.All(described, face => Assert.InRange(face.MirrorDistance, 0, 0.02f));
        Assert.NotEqual(shared.Engine.Model, engine.Model);
    }

    [Fact]
    public async Task YuNet_finds_the_faces_of_a_class_photo()
    {
        SharedPhotos.SkipIfModelsMissing();
        var options = new FaceModelOptions { Detector = Path.Combine(SharedPhotos.Models, "yunet_n_dynamic.onnx"), DetectorFamily = "yunet" };
        using var engine = new OnnxFaceEngine(options);
        var photo = shared.Read(Path.Combine(SharedPhotos.Samples, "sample5.jpg"));
        var faces = await engine.DetectAsync(photo, DetectionPlan.Thorough, default);
        var ours = await shared.Engine.DetectAsync(photo, DetectionPlan.Thorough, default);

        Assert.Equal(engine.Model, shared.Engine.Model);
        Assert.All(ours, face => Assert.Contains(faces, other => other.Box.Iou(face.Box) > 0.6f));
        var (yunet, ssd) = (await engine.EmbedAsync(photo, faces, default), await shared.Engine.EmbedAsync(photo, ours, default));
        Assert.All(ssd, face => Assert.Contains(yunet, other => other.Embedding.DistanceTo(face.Embedding) < 0.2f));
    }
}
