using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Imaging.Drawing;

/// <summary>Paints smooth shapes on pixels.</summary>
internal sealed class Canvas(Pixels pixels)
{
    /// <summary>Paints where the distance is negative, with a border one pixel soft.</summary>
    /// <param name="area">Nothing is painted outside; pixels.</param>
    /// <param name="distance">Pixels to the edge of the shape from the middle of a pixel, negative inside.</param>
    /// <param name="colour">The paint.</param>
    /// <param name="opacity">0..1.</param>
    public void Paint(Box area, Func<Point, float> distance, Colour colour, float opacity = 1)
    {
        var inside = area.ClampTo(pixels.Width, pixels.Height);
        for (var y = (int)inside.Y; y < (int)MathF.Ceiling(inside.Bottom); y++)
        {
            for (var x = (int)inside.X; x < (int)MathF.Ceiling(inside.Right); x++)
            {
                var coverage = Math.Clamp(0.5f - distance(new Point(x + 0.5f, y + 0.5f)), 0, 1) * opacity;
                if (coverage > 0)
                    Mix(((y * pixels.Width) + x) * 3, colour, coverage);
            }
        }
    }

    /// <summary>Paints the line around a box.</summary>
    /// <param name="box">The middle of the line.</param>
    /// <param name="radius">Of the corners, pixels.</param>
    /// <param name="thickness">Pixels.</param>
    /// <param name="colour">The paint.</param>
    /// <param name="opacity">0..1.</param>
    public void Outline(Box box, float radius, float thickness, Colour colour, float opacity = 1)
    {
        float Distance(Point point) => MathF.Abs(Shapes.RoundedBox(point, box, radius)) - (thickness / 2);

        // Only the four borders are looked at: the inside of a near face is most of the picture.
        var reach = MathF.Ceiling((thickness / 2) + radius + 1);
        var (left, top) = (MathF.Floor(box.X - reach), MathF.Floor(box.Y - reach));
        var (right, bottom) = (MathF.Ceiling(box.Right + reach), MathF.Ceiling(box.Bottom + reach));
        var band = Math.Min(2 * reach, MathF.Floor((bottom - top) / 2));
        var side = Math.Min(2 * reach, MathF.Floor((right - left) / 2));
        Paint(new Box(left, top, right - left, band), Distance, colour, opacity);
        Paint(new Box(left, bottom - band, right - left, band), Distance, colour, opacity);
        Paint(new Box(left, top + band, side, bottom - top - (2 * band)), Distance, colour, opacity);
        Paint(new Box(right - side, top + band, side, bottom - top - (2 * band)), Distance, colour, opacity);
    }

    private void Mix(int at, Colour colour, float coverage)
    {
        var rgb = pixels.Rgb;
        rgb[at] = Mixed(rgb[at], colour.Red, coverage);
        rgb[at + 1] = Mixed(rgb[at + 1], colour.Green, coverage);
        rgb[at + 2] = Mixed(rgb[at + 2], colour.Blue, coverage);
    }

    private static byte Mixed(byte below, byte above, float coverage) => (byte)(below + ((above - below) * coverage) + 0.5f);
}
