using Atmosphere.Recognition.Faces.Onnx.Pictures;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Measures how much fine detail a face shows.</summary>
internal static class Sharpness
{
    /// <summary>Side of the measured chip, pixels: small enough that a face of 75 pixels does not count as blurred.</summary>
    public const int Side = 75;

    /// <summary>Variance of the Laplacian of the grey picture, grey levels squared.</summary>
    public static float Of(Picture chip)
    {
        var grey = new float[chip.Width * chip.Height];
        for (var i = 0; i < grey.Length; i++)
        {
            var pixel = chip.Pixels.Slice(i * Picture.Channels, 3);
            grey[i] = (0.299f * pixel[0]) + (0.587f * pixel[1]) + (0.114f * pixel[2]);
        }

        var (sum, squares, count) = (0.0, 0.0, (chip.Width - 2) * (chip.Height - 2));
        for (var y = 1; y < chip.Height - 1; y++)
        {
            for (var x = 1; x < chip.Width - 1; x++)
            {
                var at = (y * chip.Width) + x;
                var laplacian = grey[at - 1] + grey[at + 1] + grey[at - chip.Width] + grey[at + chip.Width] - (4 * grey[at]);
                sum += laplacian;
                squares += laplacian * laplacian;
            }
        }

        return (float)((squares / count) - (sum / count * (sum / count)));
    }
}
