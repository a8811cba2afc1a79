using System.Text;
using Atmosphere.Recognition.Imaging;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Atmosphere.Bot.Tests.Imaging;

public class PhotoRefusalTests
{
    private static readonly ImagingOptions Options = new();
    private static readonly PhotoDecoder Decoder = new(Options);
    private static readonly PhotoEncoder Encoder = new(Options);

    [Theory]
    [InlineData("", PhotoRefusal.Empty, "x is empty: not one byte arrived. Please send it again.")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", PhotoRefusal.UnsupportedType, "x is a HEIC photo, which cannot be read here. Please send it as JPEG.")]
    [InlineData("BM and so on", PhotoRefusal.UnsupportedType, "x is a BMP picture, which cannot be read here. Please send it as JPEG.")]
    [InlineData("<?xml version='1.0'?><svg/>", PhotoRefusal.UnsupportedType, "x is an SVG drawing, which cannot be read here. Please send it as JPEG.")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0mp42isom", PhotoRefusal.NotAPhoto, "x is a film. Please send a photo, as JPEG or PNG.")]
    [InlineData("%PDF-1.7", PhotoRefusal.NotAPhoto, "x is a PDF document. Please send a photo, as JPEG or PNG.")]
    [InlineData("PK\u0003\u0004", PhotoRefusal.NotAPhoto, "x is a ZIP archive. Please send a photo, as JPEG or PNG.")]
    [InlineData(" <html>", PhotoRefusal.NotAPhoto, "x is a web page or XML document. Please send a photo, as JPEG or PNG.")]
    [InlineData("Dear teacher", PhotoRefusal.NotAPhoto, "x is a text file. Please send a photo, as JPEG or PNG.")]
    [InlineData("\u0001\u0002\u0003", PhotoRefusal.NotAPhoto, "x is not a photo of a kind that is known here. Please send a photo, as JPEG or PNG.")]
    [InlineData("GIF89a", PhotoRefusal.Damaged, "x is a GIF picture, but it is damaged or did not arrive whole. Please send it again.")]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ", PhotoRefusal.Damaged, "x is a WebP photo, but it is damaged or did not arrive whole. Please send it again.")]
    [InlineData("II*\0\u0008\0\0\0", PhotoRefusal.Damaged, "x is a TIFF picture, but it is damaged or did not arrive whole. Please send it again.")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0mif1avif", PhotoRefusal.Damaged, "x is an AVIF photo, but it is damaged or did not arrive whole. Please send it again.")]
    public void What_is_no_readable_photo_is_refused_with_the_reason_and_the_remedy(string content, PhotoRefusal reason, string sentence)
    {
        var bytes = Encoding.Latin1.GetBytes(content);

        var refusals = new[]
        {
            Assert.Throws<PhotoRefusedException>(() => Decoder.Inspect(bytes, "x")),
            Assert.Throws<PhotoRefusedException>(() => Decoder.Decode(bytes, "x")),
        };

        Assert.All(refusals, refusal => Assert.Equal((reason, sentence), (refusal.Refusal, refusal.Message)));
    }

    [Fact]
    public void A_photo_with_more_bytes_or_pixels_than_the_limits_is_refused_with_its_figures()
    {
        var strict = new PhotoDecoder(new ImagingOptions { MaxBytes = 100 * 1024, MaxMegapixels = 1 });
        var heavy = Encoder.EncodeJpeg(DrawnPhotos.Noise(400, 400), 100);
        var wide = Encoder.EncodeJpeg(DrawnPhotos.Quarters(1001, 1000), 50);

        var byBytes = Assert.Throws<PhotoRefusedException>(() => strict.Inspect(heavy, "heavy.jpg"));
        var byPixels = Assert.Throws<PhotoRefusedException>(() => strict.Decode(wide, "wide.jpg", maxSide: 100));

        Assert.Equal(PhotoRefusal.TooLarge, byBytes.Refusal);
        Assert.Matches(@"^heavy\.jpg is too large: 0\.\d MB, and at most 0\.1 MB can be read here\. Please send a smaller copy\.$", byBytes.Message);
        Assert.Equal(PhotoRefusal.TooManyPixels, byPixels.Refusal);
        Assert.Equal("wide.jpg has too many pixels: 1001 x 1000, and at most 1 million can be read here. Please send a smaller copy.", byPixels.Message);
    }

    /// <summary>Some programs lose the mark, and every viewer shows such a file.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_photo_that_lacks_only_its_last_mark_is_read_whole(int lost)
    {
        var whole = Encoder.EncodeJpeg(DrawnPhotos.Noise(200, 150), 90);

        Assert.Equal(Decoder.Decode(whole, "whole").Rgb, Decoder.Decode(whole.AsMemory()[..^lost], "cut").Rgb);
        // Noise: these bytes are lines.
        Assert.Equal(PhotoRefusal.Damaged, Assert.Throws<PhotoRefusedException>(() => Decoder.Decode(whole.AsMemory()[..^(lost + 60)], "cut")).Refusal);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void A_photo_that_was_cut_short_is_refused_instead_of_half_decoded(double kept)
    {
        var photo = DrawnPhotos.Noise(300, 200);
        foreach (var whole in new[] { Encoder.EncodeJpeg(photo, 90), Encoder.EncodePng(photo) })
        {
            var cut = whole[..(int)(whole.Length * kept)];

            Assert.Equal(PhotoRefusal.Damaged, Assert.Throws<PhotoRefusedException>(() => Decoder.Decode(cut, "cut")).Refusal);
            Assert.Equal(PhotoRefusal.Damaged, Assert.Throws<PhotoRefusedException>(() => Decoder.Decode(cut, "cut", 64)).Refusal);
        }
    }

    [Property(MaxTest = 300)]
    public Property A_photo_with_changed_bytes_is_decoded_or_refused_and_nothing_else()
    {
        var photo = DrawnPhotos.Quarters(60, 40);
        var changed = Gen.OneOf(
            DamagedBytes.Of(Encoder.EncodeJpeg(photo, 80), changes: 4, isCut: false), DamagedBytes.Of(Encoder.EncodePng(photo), changes: 4, isCut: false));
        return Prop.ForAll(changed.ToArbitrary(), bytes =>
        {
            var error = Record.Exception(() => Decoder.Decode(bytes, "changed", 50));
            Assert.True(error is null or PhotoRefusedException, error?.ToString());
        });
    }

    [Fact]
    public void A_hostile_name_comes_out_short_and_on_one_line()
    {
        var refusal = Assert.Throws<PhotoRefusedException>(() => Decoder.Inspect(new byte[] { 1 }, "a\r\nb\u0007" + new string('c', 5000)));
        var nameless = Assert.Throws<PhotoRefusedException>(() => Decoder.Inspect(new byte[] { 1 }, ""));

        Assert.StartsWith("abccc", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Message.Length, 100, 300);
        Assert.StartsWith("The photo is ", nameless.Message, StringComparison.Ordinal);
    }
}
