using System.Text;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

public class PhotoEncoderTests
{
    private static readonly ImagingOptions Options = new();
    private static readonly PhotoDecoder Decoder = new(Options);
    private static readonly PhotoEncoder Encoder = new(Options);

    [Fact]
    public void What_is_sent_tells_neither_place_nor_camera_and_stands_upright()
    {
        var sample = File.ReadAllBytes(Path.Combine(SharedPhotos.Samples, "sample1.jpg"));
        var turned = DrawnPhotos.WithExif(Encoder.EncodeJpeg(DrawnPhotos.Quarters(60, 40), 90), orientation: 6);

        foreach (var photo in new[] { sample, turned })
        {
            var header = Decoder.Inspect(photo, "photo.jpg");
            Assert.Contains("Exif", Encoding.Latin1.GetString(photo), StringComparison.Ordinal);

            var sent = Encoder.StripMetadata(photo, "photo.jpg");

            Assert.Equal(new PhotoHeader(PhotoType.Jpeg, header.Width, header.Height, 1), Decoder.Inspect(sent, "sent.jpg"));
            Assert.Empty(ApplicationBlocks(sent));
        }
    }

    [Fact]
    public void What_is_sent_can_be_made_smaller()
    {
        var sent = Encoder.StripMetadata(File.ReadAllBytes(Path.Combine(SharedPhotos.Samples, "sample1.jpg")), "sample1.jpg", maxSide: 320);

        var header = Decoder.Inspect(sent, "sent.jpg");
        Assert.Equal(320, Math.Max(header.Width, header.Height));
    }

    [Fact]
    public void A_crop_is_the_part_of_the_picture_under_the_box()
    {
        var photo = DrawnPhotos.Draw(40, 30, (x, y) => ((byte)x, (byte)y, 0));

        var inside = photo.Crop(new Box(10.4f, 5.6f, 8, 4));
        var corner = photo.Crop(new Box(35, 25, 100, 100));

        Assert.Equal((8, 4), (inside.Width, inside.Height));
        Assert.Equal([10, 6, 0], inside.Rgb[..3]);
        Assert.Equal([17, 9, 0], inside.Rgb[^3..]);
        Assert.Equal((5, 5), (corner.Width, corner.Height));
        _ = Assert.Throws<ArgumentException>(() => photo.Crop(new Box(50, 0, 10, 10)));
    }

    [Fact]
    public void A_picture_made_smaller_is_antialiased()
    {
        var chequered = DrawnPhotos.Draw(200, 200, (x, y) => (x + y) % 2 == 0 ? ((byte)255, (byte)255, (byte)255) : ((byte)0, (byte)0, (byte)0));

        var small = Encoder.Resize(chequered, 50, 40);

        Assert.Equal((50, 40), (small.Width, small.Height));
        Assert.All(small.Rgb, value => Assert.InRange(value, 110, 145));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(640, 3)]
    [InlineData(333, 777)]
    public void A_picture_gets_exactly_the_size_that_is_asked(int width, int height)
    {
        var resized = Encoder.Resize(DrawnPhotos.Quarters(101, 67), width, height);

        Assert.Equal((width, height), (resized.Width, resized.Height));
    }

    [Fact]
    public void Pixels_that_lack_bytes_are_refused_before_they_reach_native_code()
    {
        var torn = new Pixels(100, 100, new byte[100]);

        _ = Assert.Throws<ArgumentException>(() => Encoder.EncodeJpeg(torn, 90));
        _ = Assert.Throws<ArgumentException>(() => Encoder.Resize(torn, 10, 10));
    }

    /// <summary>The names of a JPEG file's APPn blocks, up to the first picture data.</summary>
    private static List<string> ApplicationBlocks(byte[] jpeg)
    {
        var names = new List<string>();
        for (var at = 2; jpeg[at + 1] != 0xDA; at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]))
        {
            if (jpeg[at + 1] is >= 0xE0 and <= 0xEF)
                names.Add(Encoding.ASCII.GetString(jpeg, at + 4, 4));
        }

        return names;
    }
}
