namespace Atmosphere.Recognition.Imaging;

/// <summary>A decoded photo: upright, 8-bit sRGB, no alpha.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Rgb">Width * Height * 3 bytes: rows from top to bottom, pixels from left to right, each red, green, blue.</param>
public sealed record Pixels(int Width, int Height, byte[] Rgb);
