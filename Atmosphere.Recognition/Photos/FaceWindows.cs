using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Photos;

/// <summary>Which part of a photo shows a face: whole pixels, always inside the photo, at least one.</summary>
internal static class FaceWindows
{
    /// <summary>Pixels that a zoom-in is wide, unless its photo is narrower.</summary>
    public const int ZoomWidth = 600;

    // Four to three, as most photos are; pictures below each other in a list then look alike.
    private const int ZoomHeight = 450;

    // A face that fills the window still has something round it.
    private const float Surroundings = 1.2f;

    /// <summary>The face's box, as far as it is inside the photo.</summary>
    public static Box Rectangle(Box face, int width, int height)
    {
        var left = Math.Clamp((int)MathF.Round(face.X), 0, width - 1);
        var top = Math.Clamp((int)MathF.Round(face.Y), 0, height - 1);
        var right = Math.Clamp((int)MathF.Round(face.Right), left + 1, width);
        var bottom = Math.Clamp((int)MathF.Round(face.Bottom), top + 1, height);
        return new Box(left, top, right - left, bottom - top);
    }

    /// <summary>
    /// A window of 600 x 450 pixels with the face in its middle, moved where it would leave the photo, lower where the photo is lower. For a face
    /// that is too large for it the window grows, and its picture is then scaled to 600 pixels. A photo narrower than that is shown whole.
    /// </summary>
    public static Box ZoomIn(Box face, int width, int height)
    {
        if (width <= ZoomWidth)
            return new Box(0, 0, width, height);

        var inside = Rectangle(face, width, height);
        var scale = Math.Max(1, Math.Max(inside.Width * Surroundings / ZoomWidth, inside.Height * Surroundings / ZoomHeight));
        var wide = Math.Min(width, (int)MathF.Ceiling(ZoomWidth * scale));
        var high = Math.Min(height, (int)MathF.Ceiling(ZoomHeight * scale));
        return new Box(Start(inside.Centre.X, wide, width), Start(inside.Centre.Y, high, height), wide, high);
    }

    private static int Start(float centre, int length, int whole) => Math.Clamp((int)MathF.Round(centre - (length / 2f)), 0, whole - length);
}
