using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Photos;

/// <summary>Computes which part of a photo shows a face: whole pixels, inside the photo, at least one pixel.</summary>
internal static class FaceWindows
{
    /// <summary>Width of a zoom-in in pixels, unless the photo is narrower.</summary>
    public const int ZoomWidth = 600;

    // Four to three, like most photos, so that pictures in a list have the same shape.
    private const int ZoomHeight = 450;

    // Leaves a margin around a face that fills the window.
    private const float Surroundings = 1.2f;

    /// <summary>The part of the face's box that is inside the photo.</summary>
    public static Box Rectangle(Box face, int width, int height)
    {
        var left = Math.Clamp((int)MathF.Round(face.X), 0, width - 1);
        var top = Math.Clamp((int)MathF.Round(face.Y), 0, height - 1);
        var right = Math.Clamp((int)MathF.Round(face.Right), left + 1, width);
        var bottom = Math.Clamp((int)MathF.Round(face.Bottom), top + 1, height);
        return new Box(left, top, right - left, bottom - top);
    }

    /// <summary>
    /// A window of 600 x 450 pixels centred on the face, moved to stay inside the photo and lower if the photo is lower. For a larger face
    /// the window grows, and its picture is scaled to 600 pixels. A photo narrower than that is shown whole.
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
