using System.Diagnostics;
using Atmosphere.Recognition.Imaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>HEIC photos are decoded by libheif in a process of their own, and are JPEG from then on.</summary>
public sealed class HeicPhotoTests : IDisposable
{
    private static readonly OwnProgram _program = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Atmosphere.Bot.dll")]);

    private readonly PhotoIntake _intake = Intake(new ImagingOptions());

    public void Dispose() => _intake.Dispose();

    [Fact]
    public async Task A_HEIC_photo_becomes_the_same_picture_as_JPEG()
    {
        var drawn = DrawnPhotos.Quarters(640, 480);
        var accepted = await _intake.AcceptAsync(await HeicFiles.OfAsync(drawn), "IMG_1.HEIC", default);

        Assert.Equal((PhotoType.Jpeg, 640, 480), (accepted.Header.Type, accepted.Header.Width, accepted.Header.Height));
        var read = new PhotoDecoder(new ImagingOptions()).Decode(accepted.Bytes, "x");
        foreach (var (x, y) in ((int, int)[])[(100, 100), (540, 100), (100, 380), (540, 380)])
            Assert.All(Enumerable.Range(0, 3), band => Assert.InRange(read.Rgb[(((y * 640) + x) * 3) + band] - drawn.Rgb[(((y * 640) + x) * 3) + band], -6, 6));
    }

    [Fact]
    public async Task When_and_where_it_was_taken_is_kept_and_it_is_turned_once()
    {
        var jpeg = File.ReadAllBytes(Path.Combine(Fixtures.SharedPhotos.Samples, Directory.GetFiles(Fixtures.SharedPhotos.Samples, "*.jpg").Select(Path.GetFileName).First()!));
        var accepted = await _intake.AcceptAsync(await HeicFiles.OfAsync(jpeg, "jpg"), "a.heic", default);
        var (was, is_) = (new PhotoDecoder(new ImagingOptions()).Inspect(jpeg, "a"), accepted.Header);
        Assert.Equal((was.Width, was.Height, 1), (is_.Width, is_.Height, is_.Orientation));
        Assert.Equal(new PhotoDecoder(new ImagingOptions()).ReadExif(jpeg, "a"), new PhotoDecoder(new ImagingOptions()).ReadExif(accepted.Bytes, "a"));
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public async Task A_truncated_HEIC_photo_is_damaged(double part)
    {
        var whole = await HeicFiles.OfAsync(DrawnPhotos.Noise(300, 200));
        var refused = await Assert.ThrowsAsync<PhotoRefusedException>(() => _intake.AcceptAsync(whole.AsMemory(0, (int)(whole.Length * part)), "x", default));
        Assert.Equal((PhotoRefusal.Damaged, "x is a HEIC photo, but it is damaged or did not arrive whole. Please send it again."), (refused.Refusal, refused.Message));
    }

    [Fact]
    public async Task A_small_file_with_too_many_pixels_is_refused_before_any_codec_sees_it()
    {
        var bomb = await HeicFiles.OfAsync(DrawnPhotos.Quarters(3000, 2000), quality: 10);
        // Without a program no codec can see it.
        using var intake = Intake(new ImagingOptions { MaxMegapixels = 5 }, withProgram: false);
        var refused = await Assert.ThrowsAsync<PhotoRefusedException>(() => intake.AcceptAsync(bomb, "bomb.heic", default));
        Assert.Equal("bomb.heic has too many pixels: 3000 x 2000, and at most 5 million can be read here. Please send a smaller copy.", refused.Message);
    }

    [Fact]
    public async Task A_file_that_claims_fewer_pixels_than_it_has_is_refused_within_the_limits()
    {
        var bomb = await HeicFiles.OfAsync(DrawnPhotos.Quarters(3000, 2000), quality: 10);
        for (var at = 0; (at = bomb.AsSpan(at).IndexOf("ispe"u8) is >= 0 and var next ? at + next + 4 : -1) >= 0;)
            ((ReadOnlySpan<byte>)[0, 0, 0, 64, 0, 0, 0, 64]).CopyTo(bomb.AsSpan(at + 4));
        using var intake = Intake(new ImagingOptions { MaxMegapixels = 5 });
        var watch = Stopwatch.StartNew();
        _ = await Assert.ThrowsAsync<PhotoRefusedException>(() => intake.AcceptAsync(bomb, "bomb.heic", default));
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Without_libheif_the_sender_and_the_operators_each_hear_what_to_do()
    {
        using var intake = Intake(new ImagingOptions(), withProgram: false);
        var refused = await Assert.ThrowsAsync<PhotoRefusedException>(async () => await intake.AcceptAsync(await HeicFiles.OfAsync(DrawnPhotos.Quarters(64, 64)), "x", default));
        Assert.Equal((PhotoRefusal.UnsupportedType, "x is a HEIC photo, which cannot be read here. Please send it as JPEG."), (refused.Refusal, refused.Message));
        Assert.Contains("apt-get install libheif1", refused.Remedy, StringComparison.Ordinal);
        Assert.Null(await intake.HeicVersionAsync(default));
        Assert.Matches(@"^1\.\d+", await _intake.HeicVersionAsync(default));
    }

    private static PhotoIntake Intake(ImagingOptions options, bool withProgram = true) =>
        new(new PhotoDecoder(options), options, NullLogger<PhotoIntake>.Instance, withProgram ? _program : null);
}
