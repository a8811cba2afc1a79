using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>Makes pictures small enough for WhatsApp.</summary>
internal sealed class SmallPictures(PhotoDecoder decoder, PhotoEncoder encoder)
{
    /// <summary>Bytes of an image that WhatsApp takes: 5 MB.</summary>
    public const int Largest = 5 * 1024 * 1024;

    private static readonly int[] _qualities = [85, 75, 60];

    /// <summary>The same picture as a JPEG of at most <see cref="Largest"/> bytes: first the quality goes down, then the size.</summary>
    /// <exception cref="PhotoRefusedException">It cannot be read.</exception>
    public byte[] Shrink(byte[] bytes)
    {
        if (bytes.Length <= Largest && PictureType.Of(bytes) is "image/jpeg" or "image/png")
            return bytes;

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
