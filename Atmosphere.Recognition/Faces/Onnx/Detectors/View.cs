using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx.Detectors;

/// <summary>A region of a photo, scaled as input for a network.</summary>
/// <param name="Region">Photo pixels; parts outside the photo are black.</param>
/// <param name="Width">Pixels that the region is scaled to.</param>
/// <param name="Height">Pixels that the region is scaled to, in the region's proportion.</param>
internal readonly record struct View(Box Region, int Width, int Height)
{
    /// <summary>The whole photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="longSide">Pixels of the view's longer side.</param>
    public static View Whole(Pixels photo, int longSide) => Of(new Box(0, 0, photo.Width, photo.Height), longSide);

    public static View Of(Box region, int longSide)
    {
        var scale = longSide / Math.Max(region.Width, region.Height);
        return new View(region, Math.Max((int)MathF.Round(region.Width * scale), 1), Math.Max((int)MathF.Round(region.Height * scale), 1));
    }

    /// <summary>The photo in the middle of a black canvas of twice its size: a face that fills the picture becomes medium-sized.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="longSide">Pixels of the view's longer side.</param>
    public static View Canvas(Pixels photo, int longSide) =>
        Of(new Box(-photo.Width / 2f, -photo.Height / 2f, photo.Width * 2, photo.Height * 2), longSide);

    /// <summary>Converts view pixels to photo pixels.</summary>
    public Candidate ToPhoto(Candidate found)
    {
        var (x, y) = (Region.Width / Width, Region.Height / Height);
        return found with { Box = new Box(Region.X + (found.Box.X * x), Region.Y + (found.Box.Y * y), found.Box.Width * x, found.Box.Height * y) };
    }
}
