using Atmosphere.Recognition.Imaging.Vips;

namespace Atmosphere.Recognition.Imaging;

/// <summary>
/// Decodes photos. Checks file type and pixel count before decoding; of a photo with several frames or pages reads the first. Safe to call
/// from several threads; one call uses one core.
/// </summary>
/// <exception cref="DllNotFoundException">libvips is missing or cannot be loaded; the message says what to do.</exception>
public sealed class PhotoDecoder(ImagingOptions options)
{
    /// <summary>The version of libvips in use, such as "8.18.7".</summary>
    public string LibraryVersion { get; } = VipsLibrary.Use();

    /// <summary>The largest file accepted, bytes.</summary>
    public long MaxBytes => options.MaxBytes;

    /// <summary>Checks only the size, so that a file can be refused before it is read into memory.</summary>
    /// <param name="bytes">Size of the whole file.</param>
    /// <param name="name">The sender's name for the photo, used in the refusal message.</param>
    /// <exception cref="PhotoRefusedException">It is larger than <see cref="MaxBytes"/>.</exception>
    public void CheckSize(long bytes, string name)
    {
        if (bytes > options.MaxBytes)
            throw new Refusals(name).TooLarge(bytes, options.MaxBytes);
    }

    /// <summary>Reads type and upright size without decoding.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The sender's name for the photo, used in the refusal message.</param>
    /// <exception cref="PhotoRefusedException">The file is not a supported photo, is damaged, or is too large.</exception>
    public PhotoHeader Inspect(ReadOnlyMemory<byte> bytes, string name)
    {
        var photo = OpenedPhoto.Open(options, bytes, name);
        return photo.Header;
    }

    /// <summary>
    /// Reads time, place and camera from the EXIF data without decoding. Missing and invalid values are null. Of a TIFF all are null:
    /// libvips does not read its EXIF data.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The sender's name for the photo, used in the refusal message.</param>
    /// <exception cref="PhotoRefusedException">The file is not a supported photo, is damaged, or is too large.</exception>
    public PhotoExif ReadExif(ReadOnlyMemory<byte> bytes, string name)
    {
        var photo = OpenedPhoto.Open(options, bytes, name);
        return photo.Exif();
    }

    /// <summary>Decodes to an upright photo in 8-bit sRGB; transparent parts become white.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The sender's name for the photo, used in the refusal message.</param>
    /// <param name="maxSide">Longest side of the result, pixels; larger photos are shrunk while they are decoded, smaller ones keep their size.</param>
    /// <exception cref="PhotoRefusedException">The file is not a supported photo, is damaged, or is too large.</exception>
    public Pixels Decode(ReadOnlyMemory<byte> bytes, string name, int? maxSide = null)
    {
        if (maxSide is { } side)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side, nameof(maxSide));

        var photo = OpenedPhoto.Open(options, bytes, name);
        return photo.Decode(maxSide);
    }
}
