namespace Atmosphere.Recognition.Imaging.Drawing;

internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static readonly Colour Ink = new(16, 16, 20);

    /// <summary>The colour as libvips expects it.</summary>
    public double[] Bands => [Red, Green, Blue];

    /// <summary>Bright colours that differ from each other and from skin. Dark digits are readable on each of them.</summary>
    public static readonly Colour[] Marks =
    [
        new(255, 214, 0),
        new(0, 229, 255),
        new(120, 255, 60),
        new(255, 140, 235),
        new(255, 160, 40),
        new(235, 235, 245),
    ];
}
