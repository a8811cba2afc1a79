using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Imaging.Drawing;

/// <summary>Distances from a point to the edge of a shape, pixels; negative inside.</summary>
internal static class Shapes
{
    public static float RoundedBox(Point point, Box box, float radius)
    {
        var centre = box.Centre;
        var x = MathF.Abs(point.X - centre.X) - (box.Width / 2) + radius;
        var y = MathF.Abs(point.Y - centre.Y) - (box.Height / 2) + radius;
        var outside = MathF.Sqrt((Math.Max(x, 0) * Math.Max(x, 0)) + (Math.Max(y, 0) * Math.Max(y, 0)));
        return outside + Math.Min(Math.Max(x, y), 0) - radius;
    }

    /// <summary>Distance to a line between two points.</summary>
    public static float Line(Point point, Point from, Point to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = (dx * dx) + (dy * dy);
        var along = length == 0 ? 0 : Math.Clamp((((point.X - from.X) * dx) + ((point.Y - from.Y) * dy)) / length, 0, 1);
        var (x, y) = (point.X - from.X - (along * dx), point.Y - from.Y - (along * dy));
        return MathF.Sqrt((x * x) + (y * y));
    }
}
