using System.Runtime.InteropServices;
using Atmosphere.Recognition.Imaging.Vips;
using NetVips;

namespace Atmosphere.Recognition.Imaging;

/// <summary>EXIF orientation: how the stored picture must be rotated and mirrored to stand upright.</summary>
internal static unsafe class PhotoOrientation
{
    private const string Field = "orientation";
    private const int AsStored = 1;
    private const int FirstOnItsSide = 5;
    private const int Last = 8;

    /// <summary>1..8; 1 if it is missing or invalid.</summary>
    public static int Of(Image image) => image.Contains(Field) && image.Get(Field) is int and >= AsStored and <= Last and var orientation ? orientation : AsStored;

    public static PhotoHeader Upright(PhotoType type, int width, int height, int orientation) => orientation >= FirstOnItsSide
        ? new PhotoHeader(type, height, width, orientation)
        : new PhotoHeader(type, width, height, orientation);

    /// <summary>Computes the picture and turns it upright.</summary>
    public static Pixels Apply(Image image, int orientation)
    {
        if (orientation == AsStored)
            return image.ToPixels();

        // Rotation needs pixels in another order than decoding delivers, so the picture is decoded into memory first.
        var stored = (byte*)NativeMemory.Alloc((nuint)image.Width * (nuint)image.Height * 3);
        try
        {
            image.WriteTo(stored);
            using var whole = VipsPictures.Over(stored, image.Width, image.Height);
            using var marked = whole.Mutate(picture => picture.Set(GValue.GIntType, Field, orientation));
            using var upright = marked.Autorot();
            return upright.ToPixels();
        }
        finally
        {
            NativeMemory.Free(stored);
        }
    }
}
