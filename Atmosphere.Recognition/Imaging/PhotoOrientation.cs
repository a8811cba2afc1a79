using System.Runtime.InteropServices;
using Atmosphere.Recognition.Imaging.Vips;

namespace Atmosphere.Recognition.Imaging;

/// <summary>EXIF orientation: how the stored picture is turned and mirrored to stand upright.</summary>
internal static unsafe class PhotoOrientation
{
    private const int AsStored = 1;
    private const int FirstOnItsSide = 5;

    public static PhotoHeader Upright(PhotoType type, int width, int height, int orientation) => orientation >= FirstOnItsSide
        ? new PhotoHeader(type, height, width, orientation)
        : new PhotoHeader(type, width, height, orientation);

    /// <summary>Computes the picture and turns it upright.</summary>
    public static Pixels Apply(VipsApi vips, VipsImage image, int orientation)
    {
        if (orientation == AsStored)
            return image.ToPixels();

        // Turning reads the picture in another order than it is decoded in, so it stands in memory first.
        var stored = (byte*)NativeMemory.Alloc((nuint)image.Width * (nuint)image.Height * 3);
        try
        {
            image.WriteTo(stored);
            using var whole = VipsImage.Over(vips, stored, image.Width, image.Height, 3);
            whole.Orientation = orientation;
            using var turn = new VipsOperation(vips, "autorot").Set("in", whole);
            using var upright = turn.Image();
            return upright.ToPixels();
        }
        finally
        {
            NativeMemory.Free(stored);
        }
    }
}
