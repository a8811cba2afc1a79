using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Imaging.Drawing;

/// <summary>Sizes in pixels that keep numbers readable when the photo fills a phone's width, and small faces visible.</summary>
/// <param name="Line">Thickness of a box's coloured line.</param>
/// <param name="Halo">Dark line around it, both sides together.</param>
/// <param name="Corner">Radius of a box's corners.</param>
/// <param name="Badge">Height of a badge.</param>
/// <param name="Rim">Dark border of a badge.</param>
/// <param name="Digit">Height of a digit.</param>
internal sealed record MarkSizes(float Line, float Halo, float Corner, float Badge, float Rim, float Digit)
{
    private const float SmallestBadge = 18;
    private const float ThinnestLine = 1.5f;

    public static MarkSizes For(Pixels photo, IReadOnlyList<Box> boxes)
    {
        var side = Math.Max(photo.Width, photo.Height);
        var face = boxes.Min(box => Math.Max(box.Width, box.Height));
        var badge = Math.Max(SmallestBadge, Math.Clamp(face * 0.5f, side * 0.022f, side * 0.075f));
        var line = Math.Max(ThinnestLine, Math.Min(badge * 0.11f, face * 0.06f));
        return new MarkSizes(
            line,
            Halo: Math.Max(ThinnestLine, line * 0.9f),
            Corner: Math.Min(badge * 0.3f, face * 0.15f),
            badge,
            Rim: Math.Max(1.2f, badge * 0.07f),
            Digit: badge * 0.54f);
    }
}
