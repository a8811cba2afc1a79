using System.Security.Cryptography;
using System.Text.Json;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Detectors;
using Atmosphere.Recognition.Faces.Onnx.Models;
using Atmosphere.Recognition.Faces.Onnx.Runtime;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Faces;

/// <summary>The numbers come from the reference library itself: peers/reference/numbers.mjs.</summary>
public sealed class ReferenceNumbersTests
{
    public static TheoryData<string> Samples => [.. Numbers.Select(photo => photo.File)];

    private static readonly ReferencePhoto[] _numbers = Read();

    private static ReferencePhoto[] Numbers => _numbers;

    [Fact]
    public void Both_sides_see_the_same_pixels()
    {
        foreach (var photo in Numbers)
            Assert.Equal(photo.Sha256, Convert.ToHexStringLower(SHA256.HashData(Decode(photo).Rgb)));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Boxes_landmarks_and_descriptors_are_those_of_the_reference_library(string file)
    {
        var photo = Numbers.Single(photo => photo.File == file);
        using var detector = new SsdDetector(Load(SsdMobileNet.Network, SsdMobileNet.Convert));
        using var landmarks = Load(LandmarkNet.Network, LandmarkNet.Convert);
        using var descriptor = Load(DescriptorNet.Network, DescriptorNet.Convert);
        var faces = new ReferencePath(detector, landmarks, descriptor).Find(Decode(photo)).ToArray();

        Assert.Equal(photo.Faces.Length, faces.Length);
        foreach (var expected in photo.Faces)
        {
            var box = new Box(expected.Box[0], expected.Box[1], expected.Box[2], expected.Box[3]);
            var face = faces.MaxBy(face => face.Box.Iou(box))!;
            Assert.True(face.Box.Iou(box) >= 0.999);
            Assert.InRange(Furthest(face.Landmarks.SelectMany(point => new[] { point.X, point.Y }), expected.Landmarks), 0, 0.01);
            Assert.InRange(Furthest(face.Descriptor, expected.Descriptor), 0, 1e-4);
        }
    }

    private static float Furthest(IEnumerable<float> ours, float[] theirs) => ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();

    private static OnnxSession Load(string network, Func<FaceApiWeights, byte[]> convert)
    {
        _ = OnnxRuntime.Load(null);
        return new OnnxSession(convert(FaceApiWeights.Read(SharedPhotos.Samples, network)), threads: 1);
    }

    private static Pixels Decode(ReferencePhoto photo) =>
        new PhotoDecoder(new ImagingOptions()).Decode(File.ReadAllBytes(Path.Combine(SharedPhotos.Samples, photo.File)), photo.File);

    private static ReferencePhoto[] Read()
    {
        using var numbers = typeof(ReferenceNumbersTests).Assembly.GetManifestResourceStream("reference-numbers.json")!;
        return JsonSerializer.Deserialize<ReferencePhoto[]>(numbers, JsonSerializerOptions.Web)!;
    }

    private sealed record ReferencePhoto(string File, string Sha256, ReferenceFace[] Faces);

    private sealed record ReferenceFace(float[] Box, float[] Landmarks, float[] Descriptor);
}
