using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Imaging;

public static class PixelsCrop
{
    private const int Colours = 3;

    /// <summary>Crops to the box, rounded to whole pixels. Parts of the box outside the picture are left out.</summary>
    /// <exception cref="ArgumentException">No part of the box is inside the picture.</exception>
    public static Pixels Crop(this Pixels pixels, Box box)
    {
        var left = Math.Clamp((int)MathF.Round(box.X), 0, pixels.Width);
        var top = Math.Clamp((int)MathF.Round(box.Y), 0, pixels.Height);
        var width = Math.Clamp((int)MathF.Round(box.Right), 0, pixels.Width) - left;
        var height = Math.Clamp((int)MathF.Round(box.Bottom), 0, pixels.Height) - top;
        if (width <= 0 || height <= 0)
            throw new ArgumentException($"{box} lies outside the {pixels.Width} x {pixels.Height} picture.", nameof(box));

        var rgb = GC.AllocateUninitializedArray<byte>(width * height * Colours);
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Rgb.AsSpan(((((top + y) * pixels.Width) + left) * Colours), width * Colours);
            row.CopyTo(rgb.AsSpan(y * width * Colours));
        }

        return new Pixels(width, height, rgb);
    }
}
