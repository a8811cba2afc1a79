using Atmosphere.Recognition.Imaging.Vips;

namespace Atmosphere.Recognition.Imaging;

/// <summary>
/// Photos to pixels. What a photo is and how many pixels it has is checked before any of them is decoded; of a photo with several frames or
/// pages the first is read. Safe to call from several threads; one call uses one core.
/// </summary>
/// <exception cref="DllNotFoundException">libvips is missing or cannot be loaded; the message says what to do.</exception>
public sealed class PhotoDecoder(ImagingOptions options)
{
    /// <summary>The libvips in use, such as "8.18.7".</summary>
    public string LibraryVersion { get; } = VipsLibrary.Use();

    /// <summary>The largest file that is read, bytes.</summary>
    public long MaxBytes => options.MaxBytes;

    /// <summary>Looks at nothing but the size, so that a file need not be held to be refused.</summary>
    /// <param name="bytes">Of the whole file.</param>
    /// <param name="name">What the sender calls the photo; for the message of a refusal.</param>
    /// <exception cref="PhotoRefusedException">It is larger than <see cref="MaxBytes"/>.</exception>
    public void CheckSize(long bytes, string name)
    {
        if (bytes > options.MaxBytes)
            throw new Refusals(name).TooLarge(bytes, options.MaxBytes);
    }

    /// <summary>Type and upright size, without decoding.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What the sender calls the photo; for the message of a refusal.</param>
    /// <exception cref="PhotoRefusedException">It is no photo that is read here, it is damaged, or too large.</exception>
    public PhotoHeader Inspect(ReadOnlyMemory<byte> bytes, string name)
    {
        var photo = OpenedPhoto.Open(options, bytes, name);
        return photo.Header;
    }

    /// <summary>
    /// When, where and with what the photo was taken, without decoding. What is missing or makes no sense is left out. Of a TIFF nothing is
    /// known: libvips does not read EXIF there.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What the sender calls the photo; for the message of a refusal.</param>
    /// <exception cref="PhotoRefusedException">It is no photo that is read here, it is damaged, or too large.</exception>
    public PhotoExif ReadExif(ReadOnlyMemory<byte> bytes, string name)
    {
        var photo = OpenedPhoto.Open(options, bytes, name);
        return photo.Exif();
    }

    /// <summary>The upright photo in 8-bit sRGB; what was transparent is white.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What the sender calls the photo; for the message of a refusal.</param>
    /// <param name="maxSide">Longest side of the result, pixels; larger photos are shrunk while they are decoded, smaller ones keep their size.</param>
    /// <exception cref="PhotoRefusedException">It is no photo that is read here, it is damaged, or too large.</exception>
    public Pixels Decode(ReadOnlyMemory<byte> bytes, string name, int? maxSide = null)
    {
        if (maxSide is { } side)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side, nameof(maxSide));

        var photo = OpenedPhoto.Open(options, bytes, name);
        return photo.Decode(maxSide);
    }
}
