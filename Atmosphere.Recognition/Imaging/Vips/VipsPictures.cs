using NetVips;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>The few steps that every picture takes.</summary>
internal static unsafe class VipsPictures
{
    private const int Colours = 3;
    private const double White = 255;

    /// <summary>The first libvips image of our own pixels, used in place: they must stay pinned until the result is computed.</summary>
    public static Image Over(byte* rgb, int width, int height) =>
        Image.NewFromMemory((nint)rgb, (ulong)width * (ulong)height * Colours, width, height, Colours, Enums.BandFormat.Uchar);

    /// <summary>8-bit sRGB of three bands, whatever came in; what was transparent is white.</summary>
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

    /// <summary>Antialiased (Lanczos).</summary>
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

    /// <summary>The image after one more operation, which takes the place of this one.</summary>
    private static Image Then(this Image image, Func<Image, Image> operation)
    {
        using (image)
            return operation(image);
    }
}
