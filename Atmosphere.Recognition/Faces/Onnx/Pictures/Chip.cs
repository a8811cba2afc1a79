using System.Runtime.Intrinsics;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx.Pictures;

/// <summary>Cuts out a face as an upright square chip whose sides follow the face.</summary>
internal static class Chip
{
    /// <param name="photo">The photo.</param>
    /// <param name="toPhoto">From chip pixels to photo pixels.</param>
    /// <param name="side">Pixels of the chip's side.</param>
    public static Picture Cut(Pixels photo, Similarity toPhoto, int side)
    {
        // First an antialiased piece at about the chip's scale, then the rotation, which then needs no filter.
        var region = Around(toPhoto, side);
        var shrink = Math.Max(toPhoto.Scale, 1);
        var (width, height) = ((int)MathF.Ceiling(region.Width / shrink), (int)MathF.Ceiling(region.Height / shrink));
        region = region with { Width = width * shrink, Height = height * shrink };
        using var piece = Resampler.Resize(photo, region, width, height, extend: true);

        var chip = new Picture(side, side);
        var (cos, sin) = (toPhoto.Cos / shrink, toPhoto.Sin / shrink);
        for (var y = 0; y < side; y++)
        {
            var start = toPhoto.Apply(new Point(0.5f, y + 0.5f));
            var (u, v) = (((start.X - region.X) / shrink) - 0.5f, ((start.Y - region.Y) / shrink) - 0.5f);
            var row = chip.Row(y);
            for (var x = 0; x < side; x++)
                Sample(piece, u + (x * cos), v + (x * sin)).CopyTo(row[(x * Picture.Channels)..]);
        }

        return chip;
    }

    private static Box Around(Similarity toPhoto, int side)
    {
        Span<Point> corners =
            [toPhoto.Apply(new(0, 0)), toPhoto.Apply(new(side, 0)), toPhoto.Apply(new(0, side)), toPhoto.Apply(new(side, side))];
        var (left, top, right, bottom) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        foreach (var corner in corners)
        {
            (left, right) = (Math.Min(left, corner.X), Math.Max(right, corner.X));
            (top, bottom) = (Math.Min(top, corner.Y), Math.Max(bottom, corner.Y));
        }

        var margin = Math.Max(toPhoto.Scale, 1);
        return new Box(left - margin, top - margin, right - left + (2 * margin), bottom - top + (2 * margin));
    }

    private static Vector128<float> Sample(Picture piece, float x, float y)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (right, down) = (Vector128.Create(x - left), Vector128.Create(y - top));
        var (left0, left1) = (Math.Clamp(left, 0, piece.Width - 1), Math.Clamp(left + 1, 0, piece.Width - 1));
        var (top0, top1) = (Math.Clamp(top, 0, piece.Height - 1), Math.Clamp(top + 1, 0, piece.Height - 1));
        var above = Mix(Pixel(piece, left0, top0), Pixel(piece, left1, top0), right);
        var below = Mix(Pixel(piece, left0, top1), Pixel(piece, left1, top1), right);
        return Mix(above, below, down);
    }

    private static Vector128<float> Pixel(Picture piece, int x, int y) =>
        Vector128.Create<float>(piece.Pixels.Slice(((y * piece.Width) + x) * Picture.Channels, Picture.Channels));

    private static Vector128<float> Mix(Vector128<float> from, Vector128<float> to, Vector128<float> share) => from + ((to - from) * share);
}

