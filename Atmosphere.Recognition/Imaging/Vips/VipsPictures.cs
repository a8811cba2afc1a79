namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>The few steps that every picture takes, in libvips' words.</summary>
internal static unsafe class VipsPictures
{
    private const int Colours = 3;
    private const int Srgb = 22;

    /// <summary>8-bit sRGB of three bands, whatever came in; what was transparent is white.</summary>
    public static VipsImage ToRgb(this VipsImage image, VipsApi vips)
    {
        using var copy = new VipsOperation(vips, "copy").Set("in", image);
        var rgb = copy.Image();
        if (rgb.Interpretation != Srgb || !rgb.IsBytes || rgb.Bands < Colours)
            rgb = rgb.Then(vips, "colourspace", ("space", "srgb"));
        if (rgb.HasAlpha)
            rgb = rgb.Then(vips, "flatten", ("background", "255"));
        if (!rgb.IsBytes)
            rgb = rgb.Then(vips, "cast", ("format", "uchar"));
        if (rgb.Bands > Colours)
            rgb = rgb.Then(vips, "extract_band", ("band", "0"), ("n", "3"));
        if (rgb.Bands == Colours)
            return rgb;

        rgb.Dispose();
        throw new VipsException("colourspace", "the picture has no colours that can be shown");
    }

    /// <summary>Antialiased (Lanczos).</summary>
    public static VipsImage ToSize(this VipsImage image, VipsApi vips, int width, int height)
    {
        using var resize = new VipsOperation(vips, "resize").Set("in", image);
        return resize.Set("scale", (double)width / image.Width).Set("vscale", (double)height / image.Height).Image();
    }

    /// <summary>Computes the picture.</summary>
    public static Pixels ToPixels(this VipsImage image)
    {
        var (width, height) = (image.Width, image.Height);
        var rgb = GC.AllocateUninitializedArray<byte>(checked(width * height * Colours));
        fixed (byte* target = rgb)
            image.WriteTo(target);
        return new Pixels(width, height, rgb);
    }

    /// <summary>The image after one more operation, which takes the place of this one.</summary>
    private static VipsImage Then(
        this VipsImage image, VipsApi vips, string operation, params ReadOnlySpan<(string Argument, string Value)> arguments)
    {
        using (image)
        {
            using var step = new VipsOperation(vips, operation).Set("in", image);
            foreach (var (argument, value) in arguments)
                _ = step.Set(argument, value);
            return step.Image();
        }
    }
}
