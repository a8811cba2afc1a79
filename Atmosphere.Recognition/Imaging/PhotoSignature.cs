using System.Buffers.Binary;
using System.Text;

namespace Atmosphere.Recognition.Imaging;

/// <summary>Detects the type of a file from its first bytes, with a description of files that are not supported.</summary>
/// <param name="Type">Null if the type is not supported.</param>
/// <param name="IsPicture">True for any picture, supported or not.</param>
/// <param name="Words">Completes "holiday.heic is ...".</param>
internal readonly record struct PhotoSignature(PhotoType? Type, bool IsPicture, string Words)
{
    private const int Looked = 512;
    private const string Heic = "a HEIC photo";

    /// <summary>Whether libheif may read it.</summary>
    public bool IsHeic => Type is null && Words == Heic;

    public static PhotoSignature Of(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, Looked)];
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            return Photo(PhotoType.Jpeg, "a JPEG photo");
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return Photo(PhotoType.Png, "a PNG picture");
        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8))
            return Photo(PhotoType.Gif, "a GIF picture");
        if (start.StartsWith("RIFF"u8) && start.Length >= 12)
            return start[8..].StartsWith("WEBP"u8) ? Photo(PhotoType.WebP, "a WebP photo") : Other("a sound or a film");
        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) || start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8))
            return Photo(PhotoType.Tiff, "a TIFF picture");
        if (start.Length >= 12 && start[4..].StartsWith("ftyp"u8))
            return OfBrands(start);
        if (start.StartsWith("BM"u8))
            return Picture("a BMP picture");
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || start.StartsWith("\0\0\0\u000CJXL "u8))
            return Picture("a JPEG XL photo");
        if (start.StartsWith("\0\0\0\u000CjP  "u8))
            return Picture("a JPEG 2000 photo");
        if (start.StartsWith("8BPS"u8))
            return Picture("a Photoshop document");
        if (start.StartsWith("%PDF"u8))
            return Other("a PDF document");
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            return Other("a ZIP archive");
        return OfText(start);
    }

    /// <summary>ISO media files (HEIF, AVIF, MP4) list their compatible brands in any order.</summary>
    private static PhotoSignature OfBrands(ReadOnlySpan<byte> start)
    {
        var end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(start), (uint)start.Length);
        var (avif, heif) = (false, false);
        for (var at = 8; at + 4 <= end; at += 4)
        {
            var brand = start.Slice(at, 4);
            avif |= brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8);
            heif |= brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);
        }

        return avif ? Photo(PhotoType.Avif, "an AVIF photo") : heif ? Picture(Heic) : Other("a film");
    }

    private static PhotoSignature OfText(ReadOnlySpan<byte> start)
    {
        var isText = !start.ContainsAnyInRange((byte)0, (byte)8) && !start.ContainsAnyInRange((byte)14, (byte)26);
        if (!isText)
            return Other("not a photo of a kind that is known here");

        var text = Encoding.UTF8.GetString(start);
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            return Picture("an SVG drawing");
        return text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith('<') ? Other("a web page or XML document") : Other("a text file");
    }

    private static PhotoSignature Photo(PhotoType type, string words) => new(type, true, words);

    private static PhotoSignature Picture(string words) => new(null, true, words);

    private static PhotoSignature Other(string words) => new(null, false, words);
}
