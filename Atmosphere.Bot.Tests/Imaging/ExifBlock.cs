using System.Buffers.Binary;
using System.Text;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>An EXIF block written tag by tag, as a camera would, or as no camera should.</summary>
internal sealed class ExifBlock
{
    private const int HeaderLength = 8;
    private readonly List<(ushort Tag, ushort Type, uint Count, byte[] Value)> _camera = [];
    private readonly List<(ushort Tag, ushort Type, uint Count, byte[] Value)> _photo = [];
    private readonly List<(ushort Tag, ushort Type, uint Count, byte[] Value)> _place = [];

    public static ExifBlock Of(string? make = null, string? model = null, string? original = null, string? offset = null, string? digitized = null)
    {
        var block = new ExifBlock();
        block.Text(block._camera, 0x010F, make);
        block.Text(block._camera, 0x0110, model);
        block.Text(block._photo, 0x9003, original);
        block.Text(block._photo, 0x9004, digitized);
        block.Text(block._photo, 0x9011, offset);
        return block;
    }

    /// <param name="latitude">Numerators and denominators of degrees, minutes and seconds.</param>
    public ExifBlock At(string north, uint[] latitude, string east, uint[] longitude)
    {
        Text(_place, 1, north);
        Fractions(_place, 2, latitude);
        Text(_place, 3, east);
        Fractions(_place, 4, longitude);
        return this;
    }

    /// <summary>Big-endian TIFF, as it stands in an EXIF block.</summary>
    public byte[] Tiff()
    {
        var photoAt = HeaderLength + SizeOf(_camera, links: 2);
        var placeAt = photoAt + SizeOf(_photo);
        byte[] first = Directory([.. _camera, Link(0x8769, photoAt), Link(0x8825, placeAt)], HeaderLength);
        return [.. "MM\0*"u8, 0, 0, 0, HeaderLength, .. first, .. Directory(_photo, photoAt), .. Directory(_place, placeAt)];
    }

    /// <summary>The JPEG with the block as its first part.</summary>
    public static byte[] Put(byte[] jpeg, byte[] tiff)
    {
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }

    private static (ushort, ushort, uint, byte[]) Link(ushort tag, int at) => (tag, 4, 1, Number((uint)at));

    private void Text(List<(ushort, ushort, uint, byte[])> directory, ushort tag, string? text)
    {
        if (text is null)
            return;
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text), 0];
        directory.Add((tag, 2, (uint)bytes.Length, bytes));
    }

    private static void Fractions(List<(ushort, ushort, uint, byte[])> directory, ushort tag, uint[] numbers) =>
        directory.Add((tag, 5, (uint)numbers.Length / 2, [.. numbers.SelectMany(Number)]));

    private static int SizeOf(List<(ushort Tag, ushort Type, uint Count, byte[] Value)> entries, int links = 0) =>
        2 + ((entries.Count + links) * 12) + 4 + entries.Where(entry => entry.Value.Length > 4).Sum(entry => entry.Value.Length);

    private static byte[] Directory(List<(ushort Tag, ushort Type, uint Count, byte[] Value)> entries, int at)
    {
        var rows = new List<byte>([.. Short((ushort)entries.Count)]);
        var values = new List<byte>();
        var valuesAt = at + 2 + (entries.Count * 12) + 4;
        foreach (var (tag, type, count, value) in entries)
        {
            rows.AddRange([.. Short(tag), .. Short(type), .. Number(count)]);
            if (value.Length <= 4)
            {
                rows.AddRange([.. value, .. new byte[4 - value.Length]]);
            }
            else
            {
                rows.AddRange(Number((uint)(valuesAt + values.Count)));
                values.AddRange(value);
            }
        }

        return [.. rows, 0, 0, 0, 0, .. values];
    }

    private static byte[] Short(ushort number) => [(byte)(number >> 8), (byte)number];

    private static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
