using System.Buffers.Binary;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>
/// Recognises stickers by their content, for vendors that declare them as pictures: WhatsApp's stickers are WebP files of exactly 512 x 512
/// pixels, or moving ones. Photos are sent as JPEG.
/// </summary>
internal static class StickerFile
{
    private const int Side = 512;
    private const int HeaderBytes = 30;
    private const byte Moving = 0x02;

    public static bool Is(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WEBP"u8))
            return false;
        var kind = file[12..16];
        var data = file[20..];
        if (kind.SequenceEqual("VP8X"u8))
            return (data[0] & Moving) != 0 || (Number24(data[4..]) + 1 == Side && Number24(data[7..]) + 1 == Side);
        if (kind.SequenceEqual("VP8L"u8))
        {
            var sizes = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return (sizes & 0x3FFF) + 1 == Side && ((sizes >> 14) & 0x3FFF) + 1 == Side;
        }

        return kind.SequenceEqual("VP8 "u8)
            && (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF) == Side && (BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF) == Side;
    }

    private static int Number24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
