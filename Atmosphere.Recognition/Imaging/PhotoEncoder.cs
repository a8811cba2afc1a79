using System.Globalization;
using Atmosphere.Recognition.Imaging.Heif;
using NetVips;

namespace Atmosphere.Recognition.Imaging;

/// <summary>Encodes and resizes decoded photos. Safe to call from several threads; one call uses one core.</summary>
/// <exception cref="DllNotFoundException">libvips is missing or cannot be loaded; the message says what to do.</exception>
public sealed unsafe class PhotoEncoder(ImagingOptions options)
{
    private const int SentQuality = 90;
    private const int SmallQuality = 70;

    private readonly PhotoDecoder _decoder = new(options);

    /// <summary>A JPEG file of the pixels, without any metadata.</summary>
    /// <param name="pixels">What to encode.</param>
    /// <param name="quality">1 (small) .. 100 (exact).</param>
    public byte[] EncodeJpeg(Pixels pixels, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        fixed (byte* rgb = Whole(pixels))
        {
            using var image = VipsPictures.Over(rgb, pixels.Width, pixels.Height);
            return image.JpegsaveBuffer(q: quality, keep: Enums.ForeignKeep.None);
        }
    }

    /// <summary>A JPEG file of a decoded HEIC photo, with its colour profile and EXIF data; the pixels are upright already.</summary>
    /// <param name="mostBytes">A larger file is made smaller by its quality.</param>
    internal static byte[] EncodeJpeg(HeifPicture picture, long mostBytes)
    {
        using var pinned = picture.Rgb.Pin();
        using var pixels = VipsPictures.Over((byte*)pinned.Pointer, picture.Width, picture.Height);
        using var image = pixels.Mutate(mutable =>
        {
            if (!picture.Profile.IsEmpty)
                mutable.Set(GValue.BlobType, "icc-profile-data", picture.Profile.ToArray());
            if (!picture.Exif.IsEmpty)
                mutable.Set(GValue.BlobType, "exif-data", picture.Exif.ToArray());
            mutable.Set(GValue.GIntType, "orientation", 1);
        });
        var jpeg = image.JpegsaveBuffer(q: SentQuality, keep: Enums.ForeignKeep.Exif | Enums.ForeignKeep.Icc);
        return jpeg.Length <= mostBytes ? jpeg : image.JpegsaveBuffer(q: SmallQuality, keep: Enums.ForeignKeep.Exif | Enums.ForeignKeep.Icc);
    }

    /// <summary>A PNG file of the pixels, without any metadata.</summary>
    public byte[] EncodePng(Pixels pixels)
    {
        fixed (byte* rgb = Whole(pixels))
        {
            using var image = VipsPictures.Over(rgb, pixels.Width, pixels.Height);
            return image.PngsaveBuffer(keep: Enums.ForeignKeep.None);
        }
    }

    /// <summary>Makes a photo safe to send: the same picture, upright, as a JPEG without EXIF (no place, camera or preview).</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The sender's name for the photo, used in the refusal message.</param>
    /// <param name="maxSide">Longest side of the result, pixels; null: unchanged.</param>
    /// <exception cref="PhotoRefusedException">The photo cannot be read.</exception>
    public byte[] StripMetadata(ReadOnlyMemory<byte> bytes, string name, int? maxSide = null) =>
        EncodeToSend(_decoder.Decode(bytes, name, maxSide));

    /// <summary>Encodes decoded pixels for sending: a JPEG without EXIF.</summary>
    public byte[] EncodeToSend(Pixels pixels) => EncodeJpeg(pixels, SentQuality);

    /// <summary>Resizes the picture, antialiased.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="width">Pixels of the result.</param>
    /// <param name="height">Pixels of the result.</param>
    public Pixels Resize(Pixels pixels, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        fixed (byte* rgb = Whole(pixels))
        {
            using var image = VipsPictures.Over(rgb, pixels.Width, pixels.Height);
            using var resized = image.ToSize(width, height);
            return resized.ToPixels();
        }
    }

    /// <summary>Shrinks the picture until its longer side has at most the given pixels; a smaller picture is returned as it is.</summary>
    /// <returns>The picture, and its size relative to the original: at most 1.</returns>
    public (Pixels Picture, float Scale) Shrink(Pixels pixels, int longestSide)
    {
        var scale = Math.Min(1, (float)longestSide / Math.Max(pixels.Width, pixels.Height));
        return (scale < 1 ? Resize(pixels, Scaled(pixels.Width, scale), Scaled(pixels.Height, scale)) : pixels, scale);
    }

    /// <summary>Resizes the picture to a height, with its own proportions.</summary>
    public Pixels ToHeight(Pixels pixels, int height) => Resize(pixels, Scaled(pixels.Width, (float)height / pixels.Height), height);

    private static int Scaled(int side, float scale) => Math.Max(1, (int)MathF.Round(side * scale));

    private static byte[] Whole(Pixels pixels) => pixels.Width > 0 && pixels.Rgb.Length == (long)pixels.Width * pixels.Height * 3
        ? pixels.Rgb
        : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"{pixels.Width} x {pixels.Height} pixels do not have {pixels.Rgb.Length} bytes."),
            nameof(pixels));
}
