using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Onnx.Pictures;

/// <summary>
/// A similarity transformation (rotation, scale, translation): (x, y) to (Cos * x - Sin * y + X, Sin * x + Cos * y + Y); Cos and Sin
/// include the scale.
/// </summary>
internal readonly record struct Similarity(float Cos, float Sin, float X, float Y)
{
    public float Scale => MathF.Sqrt((Cos * Cos) + (Sin * Sin));

    public Point Apply(Point point) => new((Cos * point.X) - (Sin * point.Y) + X, (Sin * point.X) + (Cos * point.Y) + Y);

    public Similarity Inverse()
    {
        var square = (Cos * Cos) + (Sin * Sin);
        var (cos, sin) = (Cos / square, -Sin / square);
        return new Similarity(cos, sin, -((cos * X) - (sin * Y)), -((sin * X) + (cos * Y)));
    }

    /// <summary>From the pixels of a square chip to a square of the photo with the same centre, turned clockwise.</summary>
    /// <param name="centre">Of both.</param>
    /// <param name="turn">Of the square in the photo.</param>
    /// <param name="length">Of the square in the photo, pixels.</param>
    /// <param name="side">Of the chip, pixels.</param>
    public static Similarity Around(Point centre, QuarterTurn turn, float length, int side)
    {
        var (scale, half) = (length / side, length / 2);
        return turn.Quarters switch
        {
            0 => new Similarity(scale, 0, centre.X - half, centre.Y - half),
            1 => new Similarity(0, scale, centre.X + half, centre.Y - half),
            2 => new Similarity(-scale, 0, centre.X + half, centre.Y + half),
            _ => new Similarity(0, -scale, centre.X - half, centre.Y + half),
        };
    }

    /// <summary>The least-squares transformation of the points to the targets.</summary>
    public static Similarity Fit(ReadOnlySpan<Point> points, ReadOnlySpan<Point> targets)
    {
        var (from, to) = (Centre(points), Centre(targets));
        var (dot, cross, spread) = (0f, 0f, 0f);
        for (var i = 0; i < points.Length; i++)
        {
            var (px, py) = (points[i].X - from.X, points[i].Y - from.Y);
            var (tx, ty) = (targets[i].X - to.X, targets[i].Y - to.Y);
            dot += (px * tx) + (py * ty);
            cross += (px * ty) - (py * tx);
            spread += (px * px) + (py * py);
        }

        var (cos, sin) = spread == 0 ? (1f, 0f) : (dot / spread, cross / spread);
        return new Similarity(cos, sin, to.X - ((cos * from.X) - (sin * from.Y)), to.Y - ((sin * from.X) + (cos * from.Y)));
    }

    private static Point Centre(ReadOnlySpan<Point> points)
    {
        var (x, y) = (0f, 0f);
        foreach (var point in points)
            (x, y) = (x + point.X, y + point.Y);
        return new Point(x / points.Length, y / points.Length);
    }
}
