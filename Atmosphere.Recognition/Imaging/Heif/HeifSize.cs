using System.Buffers.Binary;

namespace Atmosphere.Recognition.Imaging.Heif;

/// <summary>
/// Reads the size of a HEIC file from its boxes, without any codec: the largest size that an item has (box ispe). The whole picture is an
/// item even where it is stored in tiles.
/// </summary>
internal static class HeifSize
{
    private const int Header = 8;
    private const int FullBox = 4;
    private const int MostDepth = 8;

    /// <returns>Pixels; null if the file names no size.</returns>
    public static (long Width, long Height)? Of(ReadOnlySpan<byte> file) => Largest(file, depth: 0);

    private static (long Width, long Height)? Largest(ReadOnlySpan<byte> boxes, int depth)
    {
        (long Width, long Height)? largest = null;
        while (boxes.Length >= Header && depth < MostDepth)
        {
            var length = (long)BinaryPrimitives.ReadUInt32BigEndian(boxes);
            var start = Header;
            if (length == 1 && boxes.Length >= 16)
                (length, start) = ((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(boxes[8..]), long.MaxValue), 16);
            if (length == 0)
                length = boxes.Length;
            if (length < start)
                break;
            var content = boxes[start..(int)Math.Min(length, boxes.Length)];
            var found = boxes[4..8] switch
            {
                var name when name.SequenceEqual("ispe"u8) && content.Length >= FullBox + 8 =>
                    (BinaryPrimitives.ReadUInt32BigEndian(content[FullBox..]), BinaryPrimitives.ReadUInt32BigEndian(content[(FullBox + 4)..])),
                var name when name.SequenceEqual("meta"u8) && content.Length >= FullBox => Largest(content[FullBox..], depth + 1),
                var name when name.SequenceEqual("iprp"u8) || name.SequenceEqual("ipco"u8) => Largest(content, depth + 1),
                _ => ((long, long)?)null,
            };
            if (found is { } size && (largest is null || size.Item1 * size.Item2 > largest.Value.Width * largest.Value.Height))
                largest = size;
            boxes = length >= boxes.Length ? [] : boxes[(int)length..];
        }

        return largest;
    }
}
