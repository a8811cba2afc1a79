namespace Atmosphere.Recognition.Domain;

/// <summary>A point of the upright photo, in pixels from its top left corner.</summary>
public readonly record struct Point(float X, float Y);

/// <summary>A rectangle of the upright photo.</summary>
/// <param name="X">Left edge, pixels from the left border of the upright photo; may lie outside it.</param>
/// <param name="Y">Top edge, pixels from the top border of the upright photo; may lie outside it.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public readonly record struct Box(float X, float Y, float Width, float Height)
{
    public float Right => X + Width;

    public float Bottom => Y + Height;

    public float Area => Width * Height;

    public Point Centre => new(X + (Width / 2), Y + (Height / 2));

    /// <summary>Intersection over union of two boxes, 0..1.</summary>
    public float Iou(Box other)
    {
        var shared = Intersection(other);
        return shared <= 0 ? 0 : shared / (Area + other.Area - shared);
    }

    /// <summary>The area that both boxes cover, square pixels.</summary>
    public float Intersection(Box other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(X, other.X);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y);
        return width <= 0 || height <= 0 ? 0 : width * height;
    }

    /// <summary>The square around the centre whose sides are the box's longer side, times a factor.</summary>
    public Box SquareAround(float factor)
    {
        var side = Math.Max(Width, Height) * factor;
        return new Box(Centre.X - (side / 2), Centre.Y - (side / 2), side, side);
    }

    /// <summary>The box in the same picture at another size.</summary>
    public Box ScaledBy(float scale) => new(X * scale, Y * scale, Width * scale, Height * scale);

    /// <summary>The part of this box inside a photo of the given size.</summary>
    public Box ClampTo(int width, int height)
    {
        var x = Math.Clamp(X, 0, width);
        var y = Math.Clamp(Y, 0, height);
        return new Box(x, y, Math.Clamp(Right, 0, width) - x, Math.Clamp(Bottom, 0, height) - y);
    }
}
