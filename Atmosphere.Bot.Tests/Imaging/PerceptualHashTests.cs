using System.Globalization;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>How many bits copies of one photo differ in, and how many different photos do; measured on real group photos.</summary>
public sealed class PerceptualHashTests(ITestOutputHelper output)
{
    private static readonly PhotoDecoder _decoder = new(new ImagingOptions());
    private static readonly PhotoEncoder _encoder = new(new ImagingOptions());

    [Fact]
    public void Copies_of_a_photo_are_near_and_other_photos_of_the_event_are_far()
    {
        var photos = Directory.GetFiles(SharedPhotos.Path("group"), "*.jpg").Order(StringComparer.Ordinal)
            .Select(file => (Name: Path.GetFileName(file), Pixels: _decoder.Decode(File.ReadAllBytes(file), "photo", 1600))).ToList();
        var hashes = photos.ToDictionary(photo => photo.Name, photo => PerceptualHash.Of(photo.Pixels));
        var kinds = new (string Name, Func<Pixels, Pixels> Change)[]
        {
            ("compressed again, quality 40", photo => Again(photo, 40)),
            ("half as large, quality 70", photo => Again(_encoder.Resize(photo, Math.Max(1, photo.Width / 2), Math.Max(1, photo.Height / 2)), 70)),
            ("2 % cut off each side", photo => Cut(photo, 0.02f)),
            ("5 % cut off each side", photo => Cut(photo, 0.05f)),
            ("mirrored", Mirrored),
        };
        var report = kinds.ToDictionary(kind => kind.Name, kind => photos.Select(photo => PerceptualHash.Distance(hashes[photo.Name], PerceptualHash.Of(kind.Change(photo.Pixels)))).Order().ToArray());
        report["another photo"] = [.. from one in photos from other in photos
            where string.CompareOrdinal(one.Name, other.Name) < 0 select PerceptualHash.Distance(hashes[one.Name], hashes[other.Name])];
        report["another photo"] = [.. report["another photo"].Order()];
        foreach (var (kind, bits) in report)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {bits.Length} pairs, least {bits[0]}, median {bits[bits.Length / 2]}, 95 % {bits[bits.Length * 95 / 100]}, most {bits[^1]}"));

        Assert.All(report["compressed again, quality 40"], bits => Assert.True(bits <= 6));
        Assert.All(report["half as large, quality 70"], bits => Assert.True(bits <= 6));
        Assert.All(report["another photo"], bits => Assert.True(bits > 8));
    }

    private static Pixels Again(Pixels photo, int quality) => _decoder.Decode(_encoder.EncodeJpeg(photo, quality), "copy");

    private static Pixels Cut(Pixels photo, float part) =>
        photo.Crop(new Box(photo.Width * part, photo.Height * part, photo.Width * (1 - (2 * part)), photo.Height * (1 - (2 * part))));

    private static Pixels Mirrored(Pixels photo)
    {
        var rgb = new byte[photo.Rgb.Length];
        for (var pixel = 0; pixel < rgb.Length / 3; pixel++)
        {
            var (row, x) = (pixel / photo.Width, pixel % photo.Width);
            photo.Rgb.AsSpan(((row * photo.Width) + photo.Width - 1 - x) * 3, 3).CopyTo(rgb.AsSpan(pixel * 3));
        }

        return photo with { Rgb = rgb };
    }
}
