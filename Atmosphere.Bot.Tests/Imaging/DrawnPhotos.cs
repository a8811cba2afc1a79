using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>Photos drawn by the tests themselves, for machines without the shared photos.</summary>
internal static class DrawnPhotos
{
    public static readonly (byte Red, byte Green, byte Blue) Red = (200, 30, 30);
    public static readonly (byte Red, byte Green, byte Blue) Green = (30, 180, 40);
    public static readonly (byte Red, byte Green, byte Blue) Blue = (40, 50, 200);
    public static readonly (byte Red, byte Green, byte Blue) Yellow = (230, 220, 60);

    /// <summary>Four quarters: red, green above blue, yellow.</summary>
    public static Pixels Quarters(int width, int height) => Draw(width, height, (x, y) => (x < width / 2, y < height / 2) switch
    {
        (true, true) => Red,
        (false, true) => Green,
        (true, false) => Blue,
        _ => Yellow,
    });

    public static Pixels Draw(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                (rgb[At(x, y)], rgb[At(x, y) + 1], rgb[At(x, y) + 2]) = colour(x, y);
        }

        return new Pixels(width, height, rgb);
        int At(int x, int y) => ((y * width) + x) * 3;
    }

    /// <summary>Noise that repeats for a seed: what no encoder can make small.</summary>
    public static Pixels Noise(int width, int height)
    {
        var rgb = new byte[width * height * 3];
        new Random(7).NextBytes(rgb);
        return new Pixels(width, height, rgb);
    }

    /// <summary>The JPEG with an EXIF block that says how it is turned, and a place.</summary>
    public static byte[] WithExif(byte[] jpeg, byte orientation)
    {
        byte[] tiff =
        [
            .. "MM\0*"u8, 0, 0, 0, 8,
            0, 2,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
            0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38,
            0, 0, 0, 0,
            0, 1,
            0, 1, 0, 2, 0, 0, 0, 2, (byte)'N', 0, 0, 0,
            0, 0, 0, 0,
        ];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }

    /// <summary>A PNG whose rows are all the same.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="depth">Bits a channel.</param>
    /// <param name="colourType">0 grey, 2 RGB, 6 RGBA.</param>
    /// <param name="row">The bytes of one row.</param>
    public static byte[] Png(int width, int height, byte depth, byte colourType, byte[] row)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colourType);

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        }

        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A chunk of a PNG: length, name, body, checksum.</summary>
    public static byte[] Chunk(string name, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. body];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(named.Length + 4), Crc(named));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }
}
