using Atmosphere.Recognition.Domain;
using NetVips;

namespace Atmosphere.Recognition.Imaging.Drawing;

/// <summary>Smooth shapes to paint with: images of one band, 255 where the paint covers, with a border one pixel soft.</summary>
internal static class Masks
{
    private const double Covered = 255;

    /// <summary>The inside of a rounded box.</summary>
    /// <param name="width">Pixels of the mask.</param>
    /// <param name="height">Pixels of the mask.</param>
    /// <param name="box">Pixels of the mask.</param>
    /// <param name="radius">Of the corners, pixels.</param>
    public static Image Filled(int width, int height, Box box, float radius)
    {
        using var distance = Distance(width, height, box, radius);
        return Cover(distance, 0, 1);
    }

    /// <summary>The line around a rounded box.</summary>
    /// <param name="width">Pixels of the mask.</param>
    /// <param name="height">Pixels of the mask.</param>
    /// <param name="box">The middle of the line; pixels of the mask.</param>
    /// <param name="radius">Of the corners, pixels.</param>
    /// <param name="thickness">Pixels.</param>
    /// <param name="opacity">0..1.</param>
    public static Image Outline(int width, int height, Box box, float radius, float thickness, float opacity)
    {
        using var signed = Distance(width, height, box, radius);
        using var distance = signed.Abs();
        return Cover(distance, thickness / 2, opacity);
    }

    /// <summary>Pixels to the edge of the box, negative inside, from the middle of each pixel.</summary>
    private static Image Distance(int width, int height, Box box, float radius) => Image.Sdf(
        width, height, Enums.SdfShape.RoundedBox,
        a: [box.X - 0.5, box.Y - 0.5], b: [box.Right - 0.5, box.Bottom - 0.5], corners: [radius, radius, radius, radius]);

    private static Image Cover(Image distance, double edge, double opacity)
    {
        using var coverage = distance.Linear([-Covered], [Covered * (edge + 0.5)]);
        using var whole = coverage.Cast(Enums.BandFormat.Uchar);
        using var faded = whole.Linear([opacity], [0.5]);
        return faded.Cast(Enums.BandFormat.Uchar);
    }
}
