using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging.Drawing;

namespace Atmosphere.Recognition.Imaging;

/// <summary>A copy of a photo with a numbered box around each face, to ask "which of these is your child?".</summary>
public static class NumberedBoxes
{
    /// <param name="photo">The upright photo; it is not changed.</param>
    /// <param name="boxes">The first becomes 1, the second 2, and so on; pixels of the photo.</param>
    public static Pixels Draw(Pixels photo, IReadOnlyList<Box> boxes)
    {
        var copy = photo with { Rgb = (byte[])photo.Rgb.Clone() };
        if (boxes.Count == 0)
            return copy;

        var canvas = new Canvas(copy);
        var sizes = MarkSizes.For(photo, boxes);
        var frames = boxes.Select(box => box.ClampTo(photo.Width, photo.Height)).ToList();
        for (var index = 0; index < frames.Count; index++)
        {
            canvas.Outline(frames[index], sizes.Corner, sizes.Line + sizes.Halo, Colour.Ink, 0.8f);
            canvas.Outline(frames[index], sizes.Corner, sizes.Line, ColourOf(index));
        }

        // Badges come last: no line may cross a number.
        var badges = BadgePlaces.Choose(photo, frames, sizes);
        for (var index = 0; index < frames.Count; index++)
            DrawBadge(canvas, badges[index], NumberOf(index), ColourOf(index), sizes);
        return copy;
    }

    internal static string NumberOf(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private static Colour ColourOf(int index) => Colour.Marks[index % Colour.Marks.Length];

    private static void DrawBadge(Canvas canvas, Box badge, string number, Colour colour, MarkSizes sizes)
    {
        var radius = badge.Height / 2;
        var rim = new Box(badge.X - 1, badge.Y - 1, badge.Width + 2, badge.Height + 2);
        canvas.Paint(rim, point => Shapes.RoundedBox(point, badge, radius), Colour.Ink);
        canvas.Paint(rim, point => Shapes.RoundedBox(point, badge, radius) + sizes.Rim, colour);

        var left = badge.Centre.X - (Digits.WidthOf(number) * sizes.Digit / 2);
        var top = badge.Centre.Y - (sizes.Digit / 2);
        canvas.Paint(
            badge,
            point => Digits.Distance(number, new Point((point.X - left) / sizes.Digit, (point.Y - top) / sizes.Digit)) * sizes.Digit,
            Colour.Ink);
    }
}
