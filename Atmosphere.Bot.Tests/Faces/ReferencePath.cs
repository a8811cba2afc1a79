using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Detectors;
using Atmosphere.Recognition.Faces.Onnx.Models;
using Atmosphere.Recognition.Faces.Onnx.Pictures;
using Atmosphere.Recognition.Faces.Onnx.Runtime;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Faces;

/// <summary>
/// The reference library's own way around our networks: its resizing, its crops without rotation, its roundings.
/// The product does better; this shows that the networks are the same.
/// </summary>
internal sealed class ReferencePath(SsdDetector detector, OnnxSession landmarks, OnnxSession descriptor)
{
    private const int DetectorSide = 512;

    public sealed record Face(float Score, Box Box, Point[] Landmarks, float[] Descriptor);

    public IEnumerable<Face> Find(Pixels photo)
    {
        using var square = Square(photo, 0, 0, photo.Width, photo.Height, DetectorSide, centred: false);
        var scale = Math.Max(photo.Width, photo.Height) / (double)DetectorSide;
        foreach (var found in detector.Detect(square, DetectorSide, DetectorSide))
        {
            // The reference scales by the rounded size of the picture inside the square.
            var inside = (Width: Math.Round(photo.Width / scale), Height: Math.Round(photo.Height / scale));
            var clamped = found.Box.ClampTo(DetectorSide, DetectorSide);
            var (x, y) = (photo.Width / inside.Width, photo.Height / inside.Height);
            var box = new Box((float)(clamped.X * x), (float)(clamped.Y * y), (float)(clamped.Width * x), (float)(clamped.Height * y));
            var points = Landmarks(photo, box);
            yield return new Face(found.Score, box, points, Descriptor(photo, points));
        }
    }

    private Point[] Landmarks(Pixels photo, Box box)
    {
        var (left, top, width, height) = Clip(photo, box);
        using var face = Square(photo, left, top, width, height, LandmarkNet.Side, centred: true);
        var shares = Run(landmarks, face);
        var scale = LandmarkNet.Side / (double)Math.Max(width, height);
        var (padX, padY) = (Math.Max(height - width, 0) * scale / 2, Math.Max(width - height, 0) * scale / 2);
        return [.. Enumerable.Range(0, 68).Select(i => new Point(
            (float)((((shares[2 * i] * LandmarkNet.Side) - padX) / scale) + box.X),
            (float)((((shares[(2 * i) + 1] * LandmarkNet.Side) - padY) / scale) + box.Y)))];
    }

    private float[] Descriptor(Pixels photo, Point[] points)
    {
        // Eyes and mouth decide where the square lies; it follows the photo's sides, not the face's.
        Point[] centres = [Centre(points[36..42]), Centre(points[42..48]), Centre(points[48..68])];
        var size = Math.Floor((Distance(centres[2], centres[0]) + Distance(centres[2], centres[1])) / 2 / 0.45);
        var middle = Centre(centres);
        var (x, y) = (Math.Floor(Math.Max(0, middle.X - (0.5 * size))), Math.Floor(Math.Max(0, middle.Y - (0.43 * size))));
        var clip = Clip(photo, new Box((float)x, (float)y, (float)size, (float)size));
        using var face = Square(photo, clip.Left, clip.Top, clip.Width, clip.Height, DescriptorNet.Side, centred: true);
        return Run(descriptor, face);
    }

    private static float[] Run(OnnxSession network, Picture face)
    {
        var planes = new float[3 * face.Width * face.Height];
        Planes.Write(face, ColourScale.FaceApi, planes, face.Width, face.Height);
        using var outputs = network.Run(planes, [1, 3, face.Height, face.Width]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static (int Left, int Top, int Width, int Height) Clip(Pixels photo, Box box)
    {
        var (x, y) = (Math.Max(box.X, 0), Math.Max(box.Y, 0));
        var (width, height) = (Math.Min(box.Right - x, photo.Width - x), Math.Min(box.Bottom - y, photo.Height - y));
        return ((int)x, (int)y, (int)width, (int)height);
    }

    private static Point Centre(Point[] points) => new(points.Average(point => point.X), points.Average(point => point.Y));

    private static double Distance(Point a, Point b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    /// <summary>Pads the region to a square with black, then resizes as TensorFlow 1 does: bilinear, corners at whole pixels.</summary>
    private static Picture Square(Pixels photo, int left, int top, int width, int height, int side, bool centred)
    {
        var longest = Math.Max(width, height);
        var (before, _) = centred ? Padding(longest - Math.Min(width, height)) : (0, 0);
        var (padX, padY) = width < height ? (before, 0) : (0, before);
        var step = longest / (float)side;
        var picture = new Picture(side, side);
        for (var pixel = 0; pixel < side * side; pixel++)
        {
            var (x, y) = (pixel % side, pixel / side);
            var (sx, sy) = (x * step, y * step);
            var (x0, y0) = ((int)sx, (int)sy);
            var (x1, y1) = (Math.Min(x0 + 1, longest - 1), Math.Min(y0 + 1, longest - 1));
            for (var channel = 0; channel < 3; channel++)
            {
                var above = Mix(At(x0, y0, channel), At(x1, y0, channel), sx - x0);
                var below = Mix(At(x0, y1, channel), At(x1, y1, channel), sx - x0);
                picture.Row(y)[(x * Picture.Channels) + channel] = Mix(above, below, sy - y0);
            }
        }

        return picture;

        float At(int x, int y, int channel)
        {
            var (px, py) = (x - padX, y - padY);
            return px < 0 || py < 0 || px >= width || py >= height ? 0 : photo.Rgb[(((((top + py) * photo.Width) + left + px) * 3) + channel)];
        }
    }

    private static float Mix(float from, float to, float share) => from + ((to - from) * share);

    /// <summary>Half of it goes to the end, rounded up; the rest to the beginning.</summary>
    private static (int Before, int After) Padding(int total)
    {
        var after = (total + 1) / 2;
        return (total - after, after);
    }
}
