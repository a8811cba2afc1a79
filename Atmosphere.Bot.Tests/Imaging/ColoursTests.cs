using Atmosphere.Recognition.Imaging;
using NetVips;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>What parents look at has the colours that the camera saw, whatever way the file says them in.</summary>
public sealed class ColoursTests
{
    // A patch is this many pixels wide and high: chroma of JPEG reaches a few pixels over its edge.
    private const int Patch = 64;

    private static readonly ImagingOptions _options = new();

    // Inside the gamut of a press; a neutral grey is left out, because the profile itself does not bring it back.
    private static readonly (byte Red, byte Green, byte Blue)[] _muted = [(190, 120, 100), (110, 130, 90), (90, 110, 140), (190, 120, 100)];
    private static readonly (byte Red, byte Green, byte Blue)[] _strong = [(253, 40, 40), (30, 180, 40), (40, 50, 200), (128, 128, 128)];

    [Fact]
    public void A_photo_of_an_iPhone_in_Display_P3_is_sent_in_sRGB()
    {
        using var photo = Drawn(_strong);
        using var wide = photo.IccTransform("p3", inputProfile: "srgb", intent: Enums.Intent.Relative);
        AssertSent(_strong, wide.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off));
    }

    [Fact]
    public void It_keeps_its_colours_when_it_is_shrunk()
    {
        using var photo = Drawn(_strong);
        using var wide = photo.IccTransform("p3", inputProfile: "srgb", intent: Enums.Intent.Relative);
        AssertSent(_strong, wide.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off), maxSide: Patch);
    }

    [Fact]
    public void A_photo_for_a_press_is_sent_in_sRGB()
    {
        using var photo = Drawn(_muted);
        using var press = photo.IccTransform("cmyk", inputProfile: "srgb", intent: Enums.Intent.Relative, blackPointCompensation: true);
        AssertSent(_muted, press.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off));
    }

    [Fact]
    public void Sixteen_bits_are_sent_as_eight_with_and_without_a_profile()
    {
        using var photo = Drawn(_strong);
        using var deep = photo.Colourspace(Enums.Interpretation.Rgb16);
        AssertSent(_strong, deep.PngsaveBuffer(bitdepth: 16));
        using var muted = Drawn(_muted);
        using var wide = muted.IccTransform("p3", inputProfile: "srgb", intent: Enums.Intent.Relative);
        using var deepWide = wide.Colourspace(Enums.Interpretation.Rgb16);
        AssertSent(_muted, deepWide.PngsaveBuffer(bitdepth: 16));
    }

    [Fact]
    public void A_profile_that_cannot_be_read_leaves_the_numbers_as_they_are()
    {
        using var photo = Drawn(_strong);
        using var odd = photo.Mutate(change => change.Set(GValue.BlobType, "icc-profile-data", (byte[])[1, 2, 3, 4, 5, 6, 7, 8]));
        AssertSent(_strong, odd.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off));
    }

    private static Image Drawn((byte Red, byte Green, byte Blue)[] patches)
    {
        _ = new PhotoDecoder(_options);
        var pixels = DrawnPhotos.Draw(Patch * 2, Patch * 2, (x, y) => patches[(y / Patch * 2) + (x / Patch)]);
        using var memory = Image.NewFromMemory(pixels.Rgb, pixels.Width, pixels.Height, 3, Enums.BandFormat.Uchar);
        return memory.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>The middle of each patch of what is sent is within 2 of 255 of what was drawn.</summary>
    private static void AssertSent((byte Red, byte Green, byte Blue)[] patches, byte[] file, int? maxSide = null)
    {
        var sent = new PhotoEncoder(_options).StripMetadata(file, "drawn", maxSide);
        var seen = new PhotoDecoder(_options).Decode(sent, "sent");
        foreach (var (number, patch) in patches.Index())
        {
            var (x, y) = (((number % 2 * 2) + 1) * seen.Width / 4, ((number / 2 * 2) + 1) * seen.Height / 4);
            var at = ((y * seen.Width) + x) * 3;
            var (red, green, blue) = (seen.Rgb[at], seen.Rgb[at + 1], seen.Rgb[at + 2]);
            Assert.True(Math.Max(Math.Abs(red - patch.Red), Math.Max(Math.Abs(green - patch.Green), Math.Abs(blue - patch.Blue))) <= 2, $"{(red, green, blue)} instead of {patch}");
        }
    }
}
