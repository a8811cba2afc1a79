using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Imaging;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NetVips;

namespace Atmosphere.Bot.Tests.Imaging;

public sealed class PhotoExifTests
{
    private static readonly ImagingOptions _options = new();
    private static readonly PhotoDecoder _decoder = new(_options);
    private static readonly byte[] _plain = new PhotoEncoder(_options).EncodeJpeg(DrawnPhotos.Quarters(96, 64), 90);
    private static readonly PhotoExif _empty = new(null, null, null, null, null);

    private static readonly ExifBlock _whole = ExifBlock.Of("Canon", "Canon EOS 5D", "2024:05:01 12:34:56", "+02:00")
        .At("S", [33, 1, 51, 1, 3123, 100], "E", [151, 1, 12, 1, 36, 1]);

    [Fact]
    public void A_photo_says_with_what_when_and_where_it_was_taken() =>
        Assert.Equal(new PhotoExif("Canon EOS 5D", "2024-05-01T12:34:56", "+02:00", -33.858675, 151.21), Rounded(Read(_whole)));

    [Fact]
    public void A_photo_that_says_nothing_gives_nothing() => Assert.Equal(_empty, _decoder.ReadExif(_plain, "plain.jpg"));

    [Theory]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("avif")]
    public void Other_kinds_of_photo_say_the_same(string kind)
    {
        using var image = Image.JpegloadBuffer(ExifBlock.Put(_plain, _whole.Tiff()));
        var other = kind switch
        {
            "png" => image.PngsaveBuffer(keep: Enums.ForeignKeep.Exif),
            "webp" => image.WebpsaveBuffer(keep: Enums.ForeignKeep.Exif),
            _ => image.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, keep: Enums.ForeignKeep.Exif),
        };

        Assert.Equal(Rounded(Read(_whole)), Rounded(_decoder.ReadExif(other, "other")));
    }

    [Theory]
    [InlineData("Apple", "iPhone 12", "Apple iPhone 12")]
    [InlineData("NIKON CORPORATION", "NIKON D90", "NIKON D90")]
    [InlineData("Canon ", " Canon EOS 5D ", "Canon EOS 5D")]
    [InlineData("SONY", null, "SONY")]
    [InlineData(null, "Pixel 8", "Pixel 8")]
    [InlineData("Maker (Japan)", "X (Y)", "Maker (Japan) X (Y)")]
    [InlineData("a\nb\u001b[31m", "c", "ab[31m c")]
    [InlineData(" ", "", null)]
    public void The_camera_is_tidied(string? make, string? model, string? camera) =>
        Assert.Equal(camera, Read(ExifBlock.Of(make, model)).Camera);

    [Fact]
    public void An_endless_camera_is_cut() =>
        Assert.Equal(100, Read(ExifBlock.Of(null, new string('x', 50_000))).Camera!.Length);

    [Theory]
    [InlineData("2024:05:01 12:34:56", "-11:30", null, "2024-05-01T12:34:56", "-11:30")]
    [InlineData("2024:05:01 12:34:56", "Z", null, "2024-05-01T12:34:56", "+00:00")]
    [InlineData("2024:05:01 12:34:56", "+99:00", null, "2024-05-01T12:34:56", null)]
    [InlineData("2024:05:01 12:34:56", "   :  ", null, "2024-05-01T12:34:56", null)]
    [InlineData(null, "+02:00", "2024:05:01 12:34:56", "2024-05-01T12:34:56", null)]
    [InlineData("0000:00:00 00:00:00", "+02:00", "2024:05:01 12:34:56", "2024-05-01T12:34:56", null)]
    [InlineData("2024:02:30 12:00:00", "+02:00", null, null, null)]
    [InlineData("yesterday", "+02:00", null, null, null)]
    public void The_time_is_the_first_that_makes_sense_with_its_own_offset(string? original, string? offset, string? digitized, string? time, string? utc)
    {
        var exif = Read(ExifBlock.Of(original: original, offset: offset, digitized: digitized));

        Assert.Equal((time, utc), (exif.TakenAt, exif.UtcOffset));
    }

    [Theory]
    [InlineData("N", new uint[] { 52, 1, 30, 1, 0, 1 }, "W", new uint[] { 13, 1, 15, 1, 0, 1 }, 52.5, -13.25)]
    [InlineData("N", new uint[] { 52, 1, 30, 1, 0, 0 }, "E", new uint[] { 1325, 100, 0, 1, 0, 1 }, 52.5, 13.25)]
    [InlineData("N", new uint[] { 52, 0, 30, 1, 0, 1 }, "E", new uint[] { 13, 1, 0, 1, 0, 1 }, null, null)]
    [InlineData("N", new uint[] { 91, 1, 0, 1, 0, 1 }, "E", new uint[] { 13, 1, 0, 1, 0, 1 }, null, null)]
    [InlineData("N", new uint[] { 4294967295, 1, 0, 1, 0, 1 }, "E", new uint[] { 13, 1, 0, 1, 0, 1 }, null, null)]
    [InlineData("?", new uint[] { 52, 1, 0, 1, 0, 1 }, "E", new uint[] { 13, 1, 0, 1, 0, 1 }, null, null)]
    [InlineData("N", new uint[] { 0, 1, 0, 1, 0, 1 }, "E", new uint[] { 0, 1, 0, 1, 0, 1 }, null, null)]
    public void A_place_that_makes_no_sense_is_none(string north, uint[] latitude, string east, uint[] longitude, double? expectedNorth, double? expectedEast)
    {
        var exif = Rounded(Read(new ExifBlock().At(north, latitude, east, longitude)));

        Assert.Equal((expectedNorth, expectedEast), (exif.Latitude, exif.Longitude));
    }

    [Property(MaxTest = 3000)]
    public Property Hostile_blocks_are_never_more_than_a_refused_photo()
    {
        var tiff = _whole.Tiff();
        return Prop.ForAll(DamagedBytes.Of(tiff, changes: 20, isCut: true).ToArbitrary(), cut =>
        {
            try
            {
                var exif = _decoder.ReadExif(ExifBlock.Put(_plain, cut), "hostile.jpg");
                Assert.True(exif.Latitude is null or (>= -90 and <= 90));
                Assert.DoesNotContain(exif.Camera ?? "", char.IsControl);
            }
            catch (PhotoRefusedException)
            {
                // The whole photo is refused, here as where it is decoded.
            }
        });
    }

    [Fact]
    public void Every_odd_photo_is_read_or_refused()
    {
        foreach (var file in Directory.GetFiles(SharedPhotos.Path("odd")))
        {
            try
            {
                _ = _decoder.ReadExif(File.ReadAllBytes(file), Path.GetFileName(file));
            }
            catch (PhotoRefusedException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }

    [Fact]
    public void What_is_no_photo_is_refused() =>
        Assert.Throws<PhotoRefusedException>(() => _decoder.ReadExif("%PDF-1.4"u8.ToArray(), "list.pdf"));

    private static PhotoExif Read(ExifBlock block) => _decoder.ReadExif(ExifBlock.Put(_plain, block.Tiff()), "drawn.jpg");

    private static PhotoExif Rounded(PhotoExif exif) => exif with { Latitude = Rounded(exif.Latitude), Longitude = Rounded(exif.Longitude) };

    private static double? Rounded(double? degrees) => degrees is { } value ? Math.Round(value, 6) : null;
}
