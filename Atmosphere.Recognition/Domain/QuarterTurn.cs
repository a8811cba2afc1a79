namespace Atmosphere.Recognition.Domain;

/// <summary>A rotation of a picture by quarters of a circle.</summary>
/// <param name="Quarters">How many, clockwise, 0..3.</param>
public readonly record struct QuarterTurn(int Quarters)
{
    private const int Circle = 4;
    private const float Degrees = 360f / Circle;

    /// <summary>The turn nearest to an angle.</summary>
    /// <param name="clockwise">Degrees.</param>
    public static QuarterTurn Nearest(float clockwise) => new((((int)MathF.Round(clockwise / Degrees) % Circle) + Circle) % Circle);

    public bool IsNone => Quarters == 0;

    /// <summary>The turn that undoes this one.</summary>
    public QuarterTurn Back => new((Circle - Quarters) % Circle);

    /// <param name="point">A point of the picture before the turn.</param>
    /// <param name="width">Pixels of the picture before the turn.</param>
    /// <param name="height">Pixels of the picture before the turn.</param>
    public Point Apply(Point point, int width, int height) => Quarters switch
    {
        0 => point,
        1 => new Point(height - point.Y, point.X),
        2 => new Point(width - point.X, height - point.Y),
        _ => new Point(point.Y, width - point.X),
    };

    /// <param name="box">A box of the picture before the turn.</param>
    /// <param name="width">Pixels of the picture before the turn.</param>
    /// <param name="height">Pixels of the picture before the turn.</param>
    public Box Apply(Box box, int width, int height)
    {
        var (one, other) = (Apply(new Point(box.X, box.Y), width, height), Apply(new Point(box.Right, box.Bottom), width, height));
        return new Box(Math.Min(one.X, other.X), Math.Min(one.Y, other.Y), Math.Abs(one.X - other.X), Math.Abs(one.Y - other.Y));
    }

    /// <summary>The size of a picture after the turn.</summary>
    public (int Width, int Height) Size(int width, int height) => Quarters % 2 == 0 ? (width, height) : (height, width);
}
