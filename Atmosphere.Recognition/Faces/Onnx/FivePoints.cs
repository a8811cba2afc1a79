using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Pictures;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>The alignment introduced by ArcFace: eyes, nose tip and mouth corners at fixed positions of a 112-pixel chip.</summary>
internal static class FivePoints
{
    public const int Side = 112;

    private static readonly Point[] _places =
        [new(38.2946f, 51.6963f), new(73.5318f, 51.5014f), new(56.0252f, 71.7366f), new(41.5493f, 92.3655f), new(70.7299f, 92.2041f)];

    public static Similarity ToPhoto(IReadOnlyList<Point> landmarks, int side)
    {
        Span<Point> places = stackalloc Point[_places.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = new Point(_places[i].X / Side * side, _places[i].Y / Side * side);
        return Similarity.Fit([Centre(landmarks, 36..42), Centre(landmarks, 42..48), landmarks[30], landmarks[48], landmarks[54]], places).Inverse();
    }

    private static Point Centre(IReadOnlyList<Point> landmarks, Range range)
    {
        var points = landmarks.Take(range).ToArray();
        return new Point(points.Average(point => point.X), points.Average(point => point.Y));
    }
}
