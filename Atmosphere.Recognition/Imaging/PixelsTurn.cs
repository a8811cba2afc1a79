using System.Runtime.InteropServices;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Imaging;

public static class PixelsTurn
{
    // Rows and columns are exchanged in blocks that stay in the processor's cache.
    private const int Block = 32;

    /// <summary>The picture after a turn.</summary>
    public static Pixels Turned(this Pixels picture, QuarterTurn turn)
    {
        if (turn.IsNone)
            return picture;

        var (width, height) = turn.Size(picture.Width, picture.Height);
        var turned = new Pixels(width, height, GC.AllocateUninitializedArray<byte>(picture.Rgb.Length));
        var from = MemoryMarshal.Cast<byte, Rgb>(picture.Rgb);
        var to = MemoryMarshal.Cast<byte, Rgb>(turned.Rgb.AsSpan());
        // The first pixel's place in the original, and the way to the next one in the same row and in the next row.
        var (first, right, down) = turn.Quarters switch
        {
            1 => ((picture.Height - 1) * picture.Width, -picture.Width, 1),
            2 => ((picture.Width * picture.Height) - 1, -1, -picture.Width),
            _ => (picture.Width - 1, picture.Width, -1),
        };
        for (var top = 0; top < height; top += Block)
        {
            for (var left = 0; left < width; left += Block)
            {
                for (var y = top; y < Math.Min(top + Block, height); y++)
                {
                    for (var x = left; x < Math.Min(left + Block, width); x++)
                        to[(y * width) + x] = from[first + (y * down) + (x * right)];
                }
            }
        }

        return turned;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct Rgb
    {
        private readonly byte _red;
        private readonly byte _green;
        private readonly byte _blue;
    }
}
