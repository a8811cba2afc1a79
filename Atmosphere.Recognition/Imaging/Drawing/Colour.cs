namespace Atmosphere.Recognition.Imaging.Drawing;

internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static readonly Colour Ink = new(16, 16, 20);

    /// <summary>As libvips wants it.</summary>
    public double[] Bands => [Red, Green, Blue];

    /// <summary>Bright, told apart from each other and from skin, and dark digits can be read on each.</summary>
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
