using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Imaging.Vips;
using NetVips;

namespace Atmosphere.Bot.Tests.Imaging;

public class VipsLogTests
{
    private static readonly ImagingOptions Options = new();

    [Fact]
    public void Nothing_that_the_program_asks_of_libvips_makes_gobject_complain()
    {
        var (decoder, encoder) = (new PhotoDecoder(Options), new PhotoEncoder(Options));
        var deep = DrawnPhotos.Png(20, 10, depth: 16, colourType: 6, new byte[160]);
        var turned = DrawnPhotos.WithExif(encoder.EncodeJpeg(DrawnPhotos.Quarters(64, 48), 90), orientation: 5);

        _ = encoder.EncodePng(encoder.Resize(decoder.Decode(deep, "deep.png"), 7, 5));
        _ = encoder.StripMetadata(turned, "turned.jpg", maxSide: 10);

        Assert.Empty(Complaints());
        using (var value = new GValue())
        {
            value.SetType(GValue.GIntType);
            value.SetType(GValue.GStrType);
        }

        Assert.NotEmpty(Complaints());
    }

    private static IEnumerable<VipsLogLine> Complaints() => VipsLog.Lines.Where(line => line.Domain.StartsWith("GLib", StringComparison.Ordinal));
}
