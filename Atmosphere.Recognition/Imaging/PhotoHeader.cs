namespace Atmosphere.Recognition.Imaging;

/// <summary>What is known of a photo before it is decoded.</summary>
/// <param name="Type">Detected from the content, not from the file name.</param>
/// <param name="Width">Pixels of the upright photo (EXIF orientation applied).</param>
/// <param name="Height">Pixels of the upright photo.</param>
/// <param name="Orientation">EXIF orientation as stored, 1..8; 1 if it is missing.</param>
public sealed record PhotoHeader(PhotoType Type, int Width, int Height, int Orientation)
{
    /// <summary>Bytes at the start of a file that are enough to recognise a photo.</summary>
    public const int EnoughToRecognise = 512;

    /// <summary>Whether a file is any kind of picture, supported or not.</summary>
    /// <param name="start">The first bytes of the file.</param>
    public static bool LooksLikePhoto(ReadOnlySpan<byte> start) => PhotoSignature.Of(start).IsPicture;
}

/// <summary>The supported kinds of photo.</summary>
public enum PhotoType
{
    Jpeg,
    Png,
    WebP,
    Gif,
    Tiff,
    Avif,
}
