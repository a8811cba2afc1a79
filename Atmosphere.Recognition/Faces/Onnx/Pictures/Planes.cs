namespace Atmosphere.Recognition.Faces.Onnx.Pictures;

/// <summary>A network's colour format: (value - Mean) * Factor for values 0..255, and the channel order.</summary>
/// <param name="Red">Subtracted from red.</param>
/// <param name="Green">Subtracted from green.</param>
/// <param name="Blue">Subtracted from blue.</param>
/// <param name="Factor">Applied after the subtraction.</param>
/// <param name="BlueFirst">True for the channel order blue, green, red.</param>
internal sealed record ColourScale(float Red, float Green, float Blue, float Factor, bool BlueFirst = false)
{
    /// <summary>The format of the face-api landmark and descriptor networks.</summary>
    public static ColourScale FaceApi { get; } = new(122.782f, 117.001f, 104.298f, 1 / 255f);

    /// <summary>0..255, blue first.</summary>
    public static ColourScale BlueFirstBytes { get; } = new(0, 0, 0, 1, BlueFirst: true);

    /// <summary>0..255.</summary>
    public static ColourScale Bytes { get; } = new(0, 0, 0, 1);

    /// <summary>-1..1.</summary>
    public static ColourScale Signed { get; } = new(127.5f, 127.5f, 127.5f, 1 / 127.5f);
}

/// <summary>Converts pictures to network input: one plane per channel.</summary>
internal static class Planes
{
    /// <summary>Writes a picture into the top left of planes of the given size; the rest is black.</summary>
    public static void Write(Picture picture, ColourScale colours, Span<float> planes, int width, int height)
    {
        var size = width * height;
        var reds = planes.Slice(colours.BlueFirst ? 2 * size : 0, size);
        var greens = planes.Slice(size, size);
        var blues = planes.Slice(colours.BlueFirst ? 0 : 2 * size, size);
        var (red, green, blue, factor) = (colours.Red, colours.Green, colours.Blue, colours.Factor);
        for (var y = 0; y < height; y++)
        {
            var filled = y < picture.Height ? picture.Width : 0;
            var at = y * width;
            if (filled > 0)
            {
                var row = picture.Row(y);
                for (var (x, from) = (0, 0); from + 2 < row.Length; x++, from += Picture.Channels)
                {
                    reds[at + x] = (row[from] - red) * factor;
                    greens[at + x] = (row[from + 1] - green) * factor;
                    blues[at + x] = (row[from + 2] - blue) * factor;
                }
            }

            reds.Slice(at + filled, width - filled).Fill(-red * factor);
            greens.Slice(at + filled, width - filled).Fill(-green * factor);
            blues.Slice(at + filled, width - filled).Fill(-blue * factor);
        }
    }

    /// <summary>Writes the left-right mirror image of square planes.</summary>
    public static void Mirror(ReadOnlySpan<float> planes, Span<float> mirrored, int side)
    {
        for (var at = 0; at < planes.Length; at += side)
        {
            var row = mirrored.Slice(at, side);
            planes.Slice(at, side).CopyTo(row);
            row.Reverse();
        }
    }
}
