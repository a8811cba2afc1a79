using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Caching.Memory;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>Shrinks pictures for WhatsApp and caches the results for repeated requests.</summary>
internal sealed class SmallPictures(PhotoDecoder decoder, PhotoEncoder encoder) : IDisposable
{
    /// <summary>Bytes of an image that WhatsApp takes: 5 MB.</summary>
    public const int Largest = 5 * 1024 * 1024;

    // At most 60 MB. Kept in memory only, so that nothing remains on disk of an erased photo.
    private const int MostKept = 12;

    // As long as a link of Twilio's is good, by default.
    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(10);
    private static readonly int[] _qualities = [85, 75, 60];

    private readonly MemoryCache _pictures = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly Lock _gate = new();

    /// <summary>The picture, or a JPEG of at most <see cref="Largest"/> bytes: first the quality goes down, then the size.</summary>
    /// <param name="key">Of the picture.</param>
    /// <param name="bytes">As it is stored.</param>
    /// <exception cref="PhotoRefusedException">It cannot be read.</exception>
    public byte[] Of(MediaKey key, byte[] bytes) =>
        bytes.Length <= Largest && PictureType.Of(bytes) is "image/jpeg" or "image/png" ? bytes : Kept(key, bytes).Value;

    public void Dispose() => _pictures.Dispose();

    /// <summary>Concurrent callers wait for the same result.</summary>
    private Lazy<byte[]> Kept(MediaKey key, byte[] bytes)
    {
        lock (_gate)
        {
            return _pictures.GetOrCreate(key, entry =>
            {
                (entry.Size, entry.AbsoluteExpirationRelativeToNow) = (1, _kept);
                return new Lazy<byte[]>(() => Shrink(bytes));
            })!;
        }
    }

    private byte[] Shrink(byte[] bytes)
    {
        var pixels = decoder.Decode(bytes, "the picture");
        while (true)
        {
            foreach (var quality in _qualities)
            {
                if (encoder.EncodeJpeg(pixels, quality) is { Length: <= Largest } small)
                    return small;
            }

            pixels = encoder.Resize(pixels, Math.Max(1, pixels.Width * 3 / 4), Math.Max(1, pixels.Height * 3 / 4));
        }
    }
}
