using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Imaging.Drawing;

/// <summary>The ten digits as pen strokes, because no machine is sure to have a font. A digit is 1 high and <see cref="Width"/> wide.</summary>
internal static class Digits
{
    public const float Width = 0.6f;

    /// <summary>From the left edge of a digit to that of the next.</summary>
    public const float Advance = 0.86f;

    /// <summary>Thickness of the pen.</summary>
    public const float Pen = 0.19f;

    private static readonly Point[][][] Strokes =
    [
        [Arc(0.3f, 0.5f, 0.3f, 0.5f, 0, 360)],
        [[new(0.08f, 0.22f), new(0.36f, 0), new(0.36f, 1)]],
        [[.. Arc(0.3f, 0.29f, 0.28f, 0.29f, 195, 395), new(0.02f, 1), new(0.6f, 1)]],
        [Arc(0.28f, 0.245f, 0.26f, 0.245f, 205, 450), Arc(0.28f, 0.745f, 0.31f, 0.255f, 270, 515)],
        [[new(0.45f, 1), new(0.45f, 0), new(0, 0.7f), new(0.62f, 0.7f)]],
        [[new(0.54f, 0), new(0.1f, 0), new(0.06f, 0.45f), .. Arc(0.28f, 0.68f, 0.31f, 0.32f, 228, 515)]],
        [Arc(0.3f, 0.69f, 0.3f, 0.31f, 0, 360), Arc(0.55f, 0.69f, 0.55f, 0.69f, 180, 262)],
        [[new(0, 0), new(0.6f, 0), new(0.22f, 1)]],
        [Arc(0.3f, 0.245f, 0.26f, 0.245f, 0, 360), Arc(0.3f, 0.745f, 0.3f, 0.255f, 0, 360)],
        [Arc(0.3f, 0.31f, 0.3f, 0.31f, 0, 360), Arc(0.05f, 0.31f, 0.55f, 0.69f, 0, 82)],
    ];

    /// <summary>Width of a whole number, in heights.</summary>
    public static float WidthOf(string digits) => ((digits.Length - 1) * Advance) + Width;

    /// <summary>Distance to the edge of the written number, in heights; the top left corner of the first digit is the origin.</summary>
    public static float Distance(string digits, Point point)
    {
        var nearest = float.MaxValue;
        for (var index = 0; index < digits.Length; index++)
        {
            var within = point with { X = point.X - (index * Advance) };
            foreach (var stroke in Strokes[digits[index] - '0'])
            {
                for (var step = 1; step < stroke.Length; step++)
                    nearest = Math.Min(nearest, Shapes.Line(within, stroke[step - 1], stroke[step]));
            }
        }

        return nearest - (Pen / 2);
    }

    /// <summary>Angles in degrees, clockwise from the right.</summary>
    private static Point[] Arc(float x, float y, float across, float down, float from, float to)
    {
        const int Steps = 20;
        return [.. Enumerable.Range(0, Steps + 1).Select(step =>
        {
            var (sin, cos) = MathF.SinCos((from + ((to - from) * step / Steps)) * MathF.PI / 180);
            return new Point(x + (across * cos), y + (down * sin));
        })];
    }
}
