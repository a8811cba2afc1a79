using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Imaging.Vips;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>libvips takes names at run time: a wrong one must not pass in silence.</summary>
public class VipsOperationTests
{
    private static readonly ImagingOptions Options = new();

    [Fact]
    public unsafe void A_wrong_name_is_an_error_here_and_not_a_line_on_the_console()
    {
        var vips = VipsLibrary.Load(null).Api;
        var bytes = new byte[3];
        fixed (byte* pixel = bytes)
        {
            using var image = VipsImage.Over(vips, pixel, 1, 1, 3);
            using var resize = new VipsOperation(vips, "resize");

            Assert.Contains("'input'", Assert.Throws<InvalidOperationException>(() => resize.Set("input", image)).Message);
            Assert.Contains("'factor'", Assert.Throws<InvalidOperationException>(() => resize.Set("factor", 2.0)).Message);
            Assert.Contains("'kernel'", Assert.Throws<InvalidOperationException>(() => resize.Set("kernel", "round")).Message);
            Assert.Contains("polish", Assert.Throws<VipsException>(() => new VipsOperation(vips, "polish")).Message);
        }
    }

    [Fact]
    public unsafe void Nothing_that_the_program_asks_of_libvips_makes_gobject_complain()
    {
        var (decoder, encoder) = (new PhotoDecoder(Options), new PhotoEncoder(Options));
        var deep = DrawnPhotos.Png(20, 10, depth: 16, colourType: 6, new byte[160]);
        var turned = DrawnPhotos.WithExif(encoder.EncodeJpeg(DrawnPhotos.Quarters(64, 48), 90), orientation: 5);

        _ = encoder.EncodePng(encoder.Resize(decoder.Decode(deep, "deep.png"), 7, 5));
        _ = encoder.StripMetadata(turned, "turned.jpg", maxSide: 10);

        Assert.Empty(Complaints());
        ProvokeOne();
        Assert.Contains("no-such-name", Assert.Single(Complaints()).Message);

        static unsafe void ProvokeOne()
        {
            var vips = VipsLibrary.Load(null).Api;
            fixed (byte* operation = "resize"u8)
            fixed (byte* name = "no-such-name"u8)
            {
                var resize = vips.vips_operation_new(operation);
                var value = default(GValue);
                _ = vips.g_value_init(&value, vips.vips_image_get_type());
                vips.g_object_set_property(resize, name, &value);
                vips.g_value_unset(&value);
                vips.g_object_unref(resize);
            }
        }
    }

    private static IEnumerable<VipsLogLine> Complaints() => VipsLog.Lines.Where(line => line.Domain.StartsWith("GLib", StringComparison.Ordinal));
}
