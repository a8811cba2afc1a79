using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

public class PhotoDecoderTests
{
    private static readonly ImagingOptions Options = new();
    private static readonly PhotoDecoder Decoder = new(Options);
    private static readonly PhotoEncoder Encoder = new(Options);

    [Fact]
    public void Pixels_survive_the_way_through_a_file()
    {
        var drawn = DrawnPhotos.Quarters(120, 80);

        Assert.Equal(drawn.Rgb, Decoder.Decode(Encoder.EncodePng(drawn), "drawn.png").Rgb);
        Assert.InRange(Difference.Mean(drawn, Decoder.Decode(Encoder.EncodeJpeg(drawn, 95), "drawn.jpg")), 0, 2);
    }

    [Theory]
    [InlineData(8, 6, new byte[] { 0, 0, 0, 0 }, 255)]
    [InlineData(8, 6, new byte[] { 0, 0, 0, 255 }, 0)]
    [InlineData(16, 6, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, 255)]
    [InlineData(16, 6, new byte[] { 0, 0, 0, 0, 0, 0, 0xFF, 0xFF }, 0)]
    [InlineData(16, 2, new byte[] { 0x80, 0, 0x80, 0, 0x80, 0 }, 128)]
    [InlineData(8, 0, new byte[] { 77 }, 77)]
    [InlineData(8, 4, new byte[] { 77, 0 }, 255)]
    public void Every_depth_becomes_eight_bits_of_red_green_and_blue_on_white(byte depth, byte colourType, byte[] pixel, byte expected)
    {
        var row = Enumerable.Repeat(pixel, 5).SelectMany(bytes => bytes).ToArray();

        var pixels = Decoder.Decode(DrawnPhotos.Png(5, 3, depth, colourType, row), "drawn.png");

        Assert.Equal((5, 3, 45), (pixels.Width, pixels.Height, pixels.Rgb.Length));
        Assert.All(pixels.Rgb, value => Assert.InRange(value, Math.Max(0, expected - 1), Math.Min(255, expected + 1)));
    }

    [Fact]
    public void Of_a_film_in_a_gif_the_first_picture_is_read()
    {
        static byte[] Frame(byte pixel) => [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, (byte)(0x44 | (pixel << 3)), 1, 0];
        byte[] gif =
        [
            .. "GIF89a"u8, 1, 0, 1, 0, 0x81, 0, 0,
            0, 0, 0, 200, 30, 30, 30, 30, 200, 255, 255, 255,
            .. Frame(1), .. Frame(2), 0x3B,
        ];

        var pixels = Decoder.Decode(gif, "two.gif");

        Assert.Equal((1, 1), (pixels.Width, pixels.Height));
        Assert.Equal([200, 30, 30], pixels.Rgb);
    }

    [Theory]
    [InlineData(1500, 1500, 1000)]
    [InlineData(700, 700, 467)]
    [InlineData(180, 180, 120)]
    [InlineData(90, 90, 60)]
    [InlineData(1, 1, 1)]
    [InlineData(4000, 1500, 1000)]
    public void The_longest_side_is_shrunk_to_what_is_asked_and_never_enlarged(int maxSide, int width, int height)
    {
        var photo = DrawnPhotos.Draw(1500, 1000, (x, y) => ((byte)(x / 6), (byte)(y / 4), (byte)((x + y) / 10)));
        foreach (var file in new[] { Encoder.EncodeJpeg(photo, 95), Encoder.EncodePng(photo) })
        {
            var pixels = Decoder.Decode(file, "drawn", maxSide);

            Assert.Equal((width, height), (pixels.Width, pixels.Height));
            Assert.InRange(Difference.Mean(Encoder.Resize(photo, width, height), pixels), 0, 3);
        }
    }

    [Fact]
    public void Photos_decoded_at_the_same_time_do_not_mix()
    {
        var files = Enumerable.Range(1, 6).Select(number => File.ReadAllBytes(Path.Combine(SharedPhotos.Samples, $"sample{number}.jpg"))).ToList();
        var alone = files.Select(file => Decoder.Decode(file, "sample", 300).Rgb).ToList();
        var refused = 0;

        Parallel.For(0, 48, new ParallelOptions { MaxDegreeOfParallelism = 8 }, turn =>
        {
            var file = files[turn % files.Count];
            Assert.Equal(alone[turn % files.Count], Decoder.Decode(file, "sample", 300).Rgb);
            _ = Assert.Throws<PhotoRefusedException>(() => Decoder.Decode(file.AsMemory(0, file.Length / 2), "half"));
            _ = Interlocked.Increment(ref refused);
        });

        Assert.Equal(48, refused);
    }
}
