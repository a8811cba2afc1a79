namespace Atmosphere.Recognition.Imaging;

/// <summary>What a photo says about itself before it is decoded.</summary>
/// <param name="Type">By its content, whatever its name says.</param>
/// <param name="Width">Pixels of the upright photo (EXIF orientation applied).</param>
/// <param name="Height">Pixels of the upright photo.</param>
/// <param name="Orientation">EXIF orientation as stored, 1..8; 1 where the photo says nothing.</param>
public sealed record PhotoHeader(PhotoType Type, int Width, int Height, int Orientation)
{
    /// <summary>Bytes from the start of a file by which a photo is told from other files.</summary>
    public const int EnoughToRecognise = 512;

    /// <summary>Whether a file is some kind of picture, read here or not.</summary>
    /// <param name="start">The first bytes of the file.</param>
    public static bool LooksLikePhoto(ReadOnlySpan<byte> start) => PhotoSignature.Of(start).IsPicture;
}

/// <summary>The kinds of photo that are read.</summary>
public enum PhotoType
{
    Jpeg,
    Png,
    WebP,
    Gif,
    Tiff,
    Avif,
}
