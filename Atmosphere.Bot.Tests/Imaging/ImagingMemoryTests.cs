using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>The memory of the whole process is looked at, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(ImagingMemoryTests), DisableParallelization = true)]
[Collection(nameof(ImagingMemoryTests))]
public class ImagingMemoryTests
{
    private const long Megabyte = 1024 * 1024;

    private static readonly ImagingOptions Options = new();
    private static readonly PhotoDecoder Decoder = new(Options);
    private static readonly PhotoEncoder Encoder = new(Options);

    [Theory]
    [InlineData("1-bit.png")]
    [InlineData("canvas.gif")]
    [InlineData("frame.jpg")]
    [InlineData("strip.tif")]
    public void A_bomb_is_refused_by_its_header_and_costs_less_than_200_MB(string bomb)
    {
        ProcessMemory.SkipUnlessLinux();
        var bytes = Drawn(bomb);

        var cost = ProcessMemory.Peak(() =>
        {
            var refusal = Assert.Throws<PhotoRefusedException>(() => Decoder.Decode(bytes, bomb));
            Assert.Equal(PhotoRefusal.TooManyPixels, refusal.Refusal);
        });

        Assert.InRange(cost, long.MinValue, 200 * Megabyte);
    }

    [Theory]
    [InlineData("made_bomb_30000x30000_1bit.png")]
    [InlineData("made_bomb_20000x20000_rgb.png")]
    [InlineData("made_sof_65500x65500.jpg")]
    [InlineData("decompression_bomb.gif")]
    [InlineData("decompression_bomb_extents.gif")]
    [InlineData("oom-225817ca0f8c663be7ab4b9e717b02c661e66834.tif")]
    [InlineData("crash-0c7e0e8e11ce787078f00b5b0ca409a167f070e0.tif")]
    public void A_shared_bomb_costs_less_than_200_MB(string bomb)
    {
        ProcessMemory.SkipUnlessLinux();
        var bytes = File.ReadAllBytes(SharedPhotos.Path("odd", bomb));

        var cost = ProcessMemory.Peak(() => _ = Record.Exception(() => Decoder.Decode(bytes, bomb)));

        Assert.InRange(cost, long.MinValue, 200 * Megabyte);
    }

    [Fact]
    public void The_same_photos_decoded_300_times_leave_memory_as_it_was()
    {
        ProcessMemory.SkipUnlessLinux();
        var sample = File.ReadAllBytes(Path.Combine(SharedPhotos.Samples, "sample1.jpg"));
        var turned = DrawnPhotos.WithExif(Encoder.EncodeJpeg(DrawnPhotos.Noise(200, 150), 90), orientation: 6);
        Work(100);
        var before = ProcessMemory.Resident();

        Work(300);

        Assert.InRange(ProcessMemory.Resident() - before, long.MinValue, 12 * Megabyte);

        void Work(int times)
        {
            for (var time = 0; time < times; time++)
            {
                _ = Decoder.Decode(sample, "sample1.jpg", 160);
                _ = Encoder.EncodeJpeg(Decoder.Decode(turned, "turned.jpg"), 80);
                _ = Assert.Throws<PhotoRefusedException>(() => Decoder.Decode(turned.AsMemory(0, turned.Length / 2), "half.jpg"));
            }
        }
    }

    private static byte[] Drawn(string bomb)
    {
        switch (bomb)
        {
            case "1-bit.png":
                return DrawnPhotos.Png(30000, 30000, depth: 1, colourType: 0, new byte[3750]);
            case "canvas.gif":
                return [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 2, 2, 0x4C, 1, 0, 0x3B];
            case "strip.tif":
                return
                [
                    .. "II*\0"u8, 8, 0, 0, 0, 8, 0,
                    .. Tag(256, 60000), .. Tag(257, 60000), .. Tag(258, 8), .. Tag(259, 1),
                    .. Tag(262, 1), .. Tag(273, 8), .. Tag(278, 60000), .. Tag(279, 100),
                    0, 0, 0, 0,
                ];
            default:
                var jpeg = Encoder.EncodeJpeg(DrawnPhotos.Quarters(64, 64), 80);
                var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
                jpeg.AsSpan(frame + 5, 4).Fill(0xFD);
                return jpeg;
        }
    }

    private static byte[] Tag(int number, int value) =>
        [(byte)number, (byte)(number >> 8), 4, 0, 1, 0, 0, 0, (byte)value, (byte)(value >> 8), (byte)(value >> 16), 0];
}
