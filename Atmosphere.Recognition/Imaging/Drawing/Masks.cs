using Atmosphere.Recognition.Domain;
using NetVips;

namespace Atmosphere.Recognition.Imaging.Drawing;

/// <summary>Antialiased shapes for painting: one-band images, 255 where paint covers, with a soft border of one pixel.</summary>
internal static class Masks
{
    private const double Covered = 255;

    /// <summary>The inside of a rounded box.</summary>
    /// <param name="width">Pixels of the mask.</param>
    /// <param name="height">Pixels of the mask.</param>
    /// <param name="box">Pixels of the mask.</param>
    /// <param name="radius">Radius of the corners, pixels.</param>
    public static Image Filled(int width, int height, Box box, float radius)
    {
        using var distance = Distance(width, height, box, radius);
        return Cover(distance, 0, 1);
    }

    /// <summary>The line around a rounded box.</summary>
    /// <param name="width">Pixels of the mask.</param>
    /// <param name="height">Pixels of the mask.</param>
    /// <param name="box">The middle of the line; pixels of the mask.</param>
    /// <param name="radius">Radius of the corners, pixels.</param>
    /// <param name="thickness">Pixels.</param>
    /// <param name="opacity">0..1.</param>
    public static Image Outline(int width, int height, Box box, float radius, float thickness, float opacity)
    {
        using var signed = Distance(width, height, box, radius);
        using var distance = signed.Abs();
        return Cover(distance, thickness / 2, opacity);
    }

    /// <summary>Distance of each pixel's centre from the edge of the box, pixels; negative inside.</summary>
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
