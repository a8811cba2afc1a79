using Atmosphere.Recognition.Imaging.Vips;
using NetVips;

namespace Atmosphere.Recognition.Imaging;

/// <summary>The libvips operations that every picture goes through.</summary>
internal static unsafe class VipsPictures
{
    private const int Colours = 3;
    private const double White = 255;

    /// <summary>Wraps our own pixels as a libvips image without copying: they must stay pinned until the result is computed.</summary>
    public static Image Over(byte* rgb, int width, int height) =>
        Image.NewFromMemory((nint)rgb, (ulong)width * (ulong)height * Colours, width, height, Colours, Enums.BandFormat.Uchar);

    /// <summary>Converts any image to 8-bit sRGB with three bands; transparent parts become white.</summary>
    public static Image ToRgb(this Image image)
    {
        var rgb = image.Copy();
        if (rgb.Interpretation != Enums.Interpretation.Srgb || rgb.Format != Enums.BandFormat.Uchar || rgb.Bands < Colours)
            rgb = rgb.Then(picture => picture.Colourspace(Enums.Interpretation.Srgb));
        if (rgb.HasAlpha())
            rgb = rgb.Then(picture => picture.Flatten(background: [White]));
        if (rgb.Format != Enums.BandFormat.Uchar)
            rgb = rgb.Then(picture => picture.Cast(Enums.BandFormat.Uchar));
        if (rgb.Bands > Colours)
            rgb = rgb.Then(picture => picture.ExtractBand(0, n: Colours));
        if (rgb.Bands == Colours)
            return rgb;

        rgb.Dispose();
        throw new VipsException("the picture has no colours that can be shown");
    }

    /// <summary>Resizes with antialiasing (Lanczos).</summary>
    public static Image ToSize(this Image image, int width, int height) =>
        image.Resize((double)width / image.Width, vscale: (double)height / image.Height);

    /// <summary>Computes the picture.</summary>
    public static Pixels ToPixels(this Image image)
    {
        var (width, height) = (image.Width, image.Height);
        var rgb = GC.AllocateUninitializedArray<byte>(checked(width * height * Colours));
        fixed (byte* target = rgb)
            image.WriteTo(target);
        return new Pixels(width, height, rgb);
    }

    /// <summary>Applies an operation and disposes the input image.</summary>
    private static Image Then(this Image image, Func<Image, Image> operation)
    {
        using (image)
            return operation(image);
    }
}
