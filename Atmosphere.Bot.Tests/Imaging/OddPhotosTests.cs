using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>The odd, broken and hostile files of the shared photos: each ends as the manifest says.</summary>
public class OddPhotosTests
{
    private const int FirstOrientationOnItsSide = 5;

    private static readonly PhotoDecoder Decoder = new(new ImagingOptions());

    public static TheoryData<string> Files => [.. Manifest.Rows.Select(row => row.File).DefaultIfEmpty("(no shared photos)")];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_decoded_upright_or_refused_with_its_name(string file)
    {
        SharedPhotos.SkipIfMissing();
        var row = Manifest.Rows.Single(candidate => candidate.File == file);
        var bytes = File.ReadAllBytes(SharedPhotos.Path("odd", file));

        var refusal = Record.Exception(() => Decode(row, bytes)) is { } error ? Assert.IsType<PhotoRefusedException>(error) : null;

        if (row.Expect == "decode")
            Assert.True(refusal is null, $"{refusal?.Message} {refusal?.InnerException?.Message}");
        if (row.Expect == "refuse")
            Assert.NotNull(refusal);
        if (refusal is not null)
            Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    private static void Decode(ManifestRow row, byte[] bytes)
    {
        var header = Decoder.Inspect(bytes, row.File);
        var pixels = Decoder.Decode(bytes, row.File);

        Assert.Equal((header.Width, header.Height), (pixels.Width, pixels.Height));
        Assert.Equal(pixels.Width * pixels.Height * 3, pixels.Rgb.Length);
        if (row.Width is not { } width || row.Height is not { } height)
            return;

        var upright = row.Orientation >= FirstOrientationOnItsSide ? (height, width) : (width, height);
        Assert.Equal(upright, (pixels.Width, pixels.Height));
    }
}
