using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx.Pictures;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Faces;

[Collection(nameof(SharedEngine))]
public sealed class AlignmentTests(SharedEngine shared)
{
    [Fact]
    public void A_fitted_similarity_undoes_a_turn_a_scale_and_a_shift()
    {
        Point[] points = [new(0, 0), new(10, 0), new(0, 20), new(7, 9)];
        var change = new Similarity(1.2f, 0.7f, 30, -4);
        var fitted = Similarity.Fit([.. points.Select(change.Apply)], points);
        foreach (var point in points)
        {
            var back = fitted.Apply(change.Apply(point));
            Assert.Equal(point.X, back.X, 3);
            Assert.Equal(point.Y, back.Y, 3);
        }
    }

    [Fact]
    public void A_shrunk_photo_keeps_its_mean_and_a_region_beyond_it_is_black()
    {
        var photo = new Pixels(300, 200, [.. Enumerable.Range(0, 300 * 200).SelectMany(i => new byte[] { (byte)(i % 2 * 255), 100, 7 })]);
        using var small = Resampler.Resize(photo, new Box(0, 0, 300, 200), 30, 20);
        for (var i = 0; i < 30 * 20; i++)
        {
            Assert.InRange(small.Pixels[4 * i], 115, 140);
            Assert.Equal(100, small.Pixels[(4 * i) + 1], 2);
            Assert.Equal(7, small.Pixels[(4 * i) + 2], 2);
        }

        using var beside = Resampler.Resize(photo, new Box(-300, 0, 300, 200), 30, 20);
        Assert.All(beside.Pixels.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task A_tilted_photo_of_a_person_gives_nearly_the_same_vector_as_an_upright_one()
    {
        var upright = shared.Read(Path.Combine(SharedPhotos.Samples, "sample1.jpg"));
        using var turned = Chip.Cut(upright, Turn(upright, degrees: 12), 1200);
        var tilted = new Pixels(1200, 1200, [.. Bytes(turned)]);

        var faces = await DescribeAsync(upright);
        var again = await DescribeAsync(tilted);
        Assert.Equal(3, faces.Count);
        Assert.Equal(faces.Count, again.Count);
        Assert.All(faces, face => Assert.InRange(again.Min(other => other.Embedding.DistanceTo(face.Embedding)), 0, 0.25f));
    }

    private async Task<IReadOnlyList<FaceDescription>> DescribeAsync(Pixels photo)
    {
        var faces = await shared.Engine.DetectAsync(photo, DetectionPlan.Thorough, default);
        return await shared.Engine.EmbedAsync(photo, faces, default);
    }

    private static Similarity Turn(Pixels photo, float degrees)
    {
        var scale = photo.Width / 1000f;
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        var (a, b) = (scale * cos, scale * sin);
        return new Similarity(a, b, (photo.Width / 2f) - (600 * a) + (600 * b), (photo.Height / 2f) - (600 * b) - (600 * a));
    }

    private static IEnumerable<byte> Bytes(Picture picture) =>
        picture.Pixels.ToArray().Where((_, i) => i % Picture.Channels < 3).Select(value => (byte)Math.Clamp(value + 0.5f, 0, 255));
}
