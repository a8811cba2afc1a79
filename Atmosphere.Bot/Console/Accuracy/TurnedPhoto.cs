using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>A photo turned by any angle about its middle, on a black picture that is large enough for it.</summary>
internal sealed class TurnedPhoto
{
    private const int Colours = 3;

    private readonly (int Width, int Height) _original;
    private readonly double _cos, _sin;

    /// <param name="photo">The upright photo.</param>
    /// <param name="degrees">Clockwise.</param>
    public TurnedPhoto(Pixels photo, int degrees)
    {
        _original = (photo.Width, photo.Height);
        (_cos, _sin) = (Math.Cos(degrees * Math.PI / 180), Math.Sin(degrees * Math.PI / 180));
        Pixels = degrees % 90 == 0 ? photo.Turned(QuarterTurn.Nearest(degrees)) : Turned(photo);
    }

    public Pixels Pixels { get; }

    /// <summary>Where a point of the upright photo is now.</summary>
    public Point Place(Point point)
    {
        var (x, y) = (point.X - (_original.Width / 2.0), point.Y - (_original.Height / 2.0));
        return new Point((float)((_cos * x) - (_sin * y) + (Pixels.Width / 2.0)), (float)((_sin * x) + (_cos * y) + (Pixels.Height / 2.0)));
    }

    private Pixels Turned(Pixels photo)
    {
        var width = (int)Math.Ceiling((Math.Abs(_cos) * photo.Width) + (Math.Abs(_sin) * photo.Height));
        var height = (int)Math.Ceiling((Math.Abs(_sin) * photo.Width) + (Math.Abs(_cos) * photo.Height));
        var rgb = new byte[width * height * Colours];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = (x + 0.5 - (width / 2.0), y + 0.5 - (height / 2.0));
                var (fromX, fromY) = ((_cos * dx) + (_sin * dy) + (photo.Width / 2.0) - 0.5, (_cos * dy) - (_sin * dx) + (photo.Height / 2.0) - 0.5);
                Mix(photo, fromX, fromY, rgb.AsSpan(((y * width) + x) * Colours, Colours));
            }
        }

        return new Pixels(width, height, rgb);
    }

    private static void Mix(Pixels photo, double x, double y, Span<byte> pixel)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        if (left < 0 || top < 0 || left >= photo.Width - 1 || top >= photo.Height - 1)
            return;

        var (right, down) = (x - left, y - top);
        var (above, stride) = (((top * photo.Width) + left) * Colours, photo.Width * Colours);
        for (var colour = 0; colour < Colours; colour++)
        {
            var at = above + colour;
            var upper = (photo.Rgb[at] * (1 - right)) + (photo.Rgb[at + Colours] * right);
            var lower = (photo.Rgb[at + stride] * (1 - right)) + (photo.Rgb[at + stride + Colours] * right);
            pixel[colour] = (byte)Math.Round((upper * (1 - down)) + (lower * down));
        }
    }
}
