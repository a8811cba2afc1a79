using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging.Vips;
using NetVips;

namespace Atmosphere.Recognition.Imaging.Drawing;

/// <summary>Copies a photo and draws a numbered box around each face, to ask "which of these is your child?".</summary>
public static unsafe class NumberedBoxes
{
    private const float HaloOpacity = 0.8f;

    /// <param name="photo">The upright photo; it is not changed.</param>
    /// <param name="boxes">The first becomes 1, the second 2, and so on; pixels of the photo.</param>
    public static Pixels Draw(Pixels photo, IReadOnlyList<Box> boxes)
    {
        _ = VipsLibrary.Use();
        if (boxes.Count == 0)
            return photo with { Rgb = (byte[])photo.Rgb.Clone() };

        var sizes = MarkSizes.For(photo, boxes);
        var frames = boxes.Select(box => box.ClampTo(photo.Width, photo.Height)).ToList();
        var numbers = frames.Select((_, index) => Lettering.Mask((index + 1).ToString(CultureInfo.InvariantCulture), sizes.Digit)).ToList();
        try
        {
            fixed (byte* rgb = photo.Rgb)
            {
                using var image = VipsPictures.Over(rgb, photo.Width, photo.Height);
                using var marked = image.Mutate(canvas => Mark(canvas, photo, frames, numbers, sizes));
                return marked.ToPixels();
            }
        }
        finally
        {
            numbers.ForEach(number => number.Dispose());
        }
    }

    private static void Mark(MutableImage canvas, Pixels photo, List<Box> frames, List<Image> numbers, MarkSizes sizes)
    {
        for (var index = 0; index < frames.Count; index++)
        {
            Outline(canvas, frames[index], sizes, sizes.Line + sizes.Halo, Colour.Ink, HaloOpacity);
            Outline(canvas, frames[index], sizes, sizes.Line, ColourOf(index), 1);
        }

        // Badges are drawn last, so that no line crosses a number.
        var badges = BadgePlaces.Choose(photo, frames, [.. numbers.Select(number => (float)number.Width)], sizes);
        for (var index = 0; index < frames.Count; index++)
        {
            var (badge, number) = (badges[index], numbers[index]);
            Fill(canvas, badge, 0, Colour.Ink);
            Fill(canvas, badge, sizes.Rim, ColourOf(index));
            var (left, top) = (badge.Centre.X - (number.Width / 2f), badge.Centre.Y - (number.Height / 2f));
            canvas.DrawMask(Colour.Ink.Bands, number, (int)MathF.Round(left), (int)MathF.Round(top));
        }
    }

    private static void Outline(MutableImage canvas, Box frame, MarkSizes sizes, float thickness, Colour colour, float opacity)
    {
        var (left, top, width, height) = Around(frame, (thickness / 2) + 1);
        using var mask = Masks.Outline(width, height, frame with { X = frame.X - left, Y = frame.Y - top }, sizes.Corner, thickness, opacity);
        canvas.DrawMask(colour.Bands, mask, left, top);
    }

    private static void Fill(MutableImage canvas, Box badge, float rim, Colour colour)
    {
        var (left, top, width, height) = Around(badge, 1);
        var inner = new Box(badge.X - left + rim, badge.Y - top + rim, badge.Width - (2 * rim), badge.Height - (2 * rim));
        using var mask = Masks.Filled(width, height, inner, inner.Height / 2);
        canvas.DrawMask(colour.Bands, mask, left, top);
    }

    /// <summary>The whole pixels that contain the box and a margin.</summary>
    private static (int Left, int Top, int Width, int Height) Around(Box box, float margin)
    {
        var (left, top) = ((int)MathF.Floor(box.X - margin), (int)MathF.Floor(box.Y - margin));
        return (left, top, (int)MathF.Ceiling(box.Right + margin) - left, (int)MathF.Ceiling(box.Bottom + margin) - top);
    }

    private static Colour ColourOf(int index) => Colour.Marks[index % Colour.Marks.Length];
}
