using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

public class PhotoOrientationTests
{
    private static readonly ImagingOptions Options = new();
    private static readonly PhotoDecoder Decoder = new(Options);
    private static readonly PhotoEncoder Encoder = new(Options);

    // Which quarter of the stored picture comes to the top left, top right, bottom left, bottom right (EXIF 2.3, tag 0x0112).
    [Theory]
    [InlineData(1, "RGBY")]
    [InlineData(2, "GRYB")]
    [InlineData(3, "YBGR")]
    [InlineData(4, "BYRG")]
    [InlineData(5, "RBGY")]
    [InlineData(6, "BRYG")]
    [InlineData(7, "YGBR")]
    [InlineData(8, "GYRB")]
    public void A_photo_stands_upright_whatever_way_the_camera_was_held(byte orientation, string quarters)
    {
        var bytes = DrawnPhotos.WithExif(Encoder.EncodeJpeg(DrawnPhotos.Quarters(96, 64), 95), orientation);
        var expected = orientation >= 5 ? (64, 96) : (96, 64);

        var header = Decoder.Inspect(bytes, "drawn.jpg");
        var pixels = Decoder.Decode(bytes, "drawn.jpg");
        var small = Decoder.Decode(bytes, "drawn.jpg", maxSide: 48);

        Assert.Equal((expected, orientation), ((header.Width, header.Height), (byte)header.Orientation));
        Assert.Equal(expected, (pixels.Width, pixels.Height));
        Assert.Equal(quarters, Quarters(pixels));
        Assert.Equal((expected.Item1 / 2, expected.Item2 / 2), (small.Width, small.Height));
        Assert.Equal(quarters, Quarters(small));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void The_eight_orientations_of_one_photo_are_the_same_picture(int orientation)
    {
        var upright = Decoder.Decode(File.ReadAllBytes(SharedPhotos.Path("odd", "made_exif_1.jpg")), "made_exif_1.jpg");
        var name = $"made_exif_{orientation}.jpg";

        var turned = Decoder.Decode(File.ReadAllBytes(SharedPhotos.Path("odd", name)), name);

        Assert.Equal((upright.Width, upright.Height), (turned.Width, turned.Height));
        Assert.InRange(Difference.Mean(upright, turned), 0, 3);
    }

    private static string Quarters(Pixels pixels)
    {
        var (x, y) = (pixels.Width / 4, pixels.Height / 4);
        return string.Concat(new[] { (x, y), (x * 3, y), (x, y * 3), (x * 3, y * 3) }.Select(at => Letter(pixels, at.Item1, at.Item2)));
    }

    private static char Letter(Pixels pixels, int x, int y)
    {
        var at = ((y * pixels.Width) + x) * 3;
        return (pixels.Rgb[at] > 128, pixels.Rgb[at + 1] > 128) switch
        {
            (true, true) => 'Y',
            (true, false) => 'R',
            (false, true) => 'G',
            _ => 'B',
        };
    }
}
