using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Pictures;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Alignments by five points: eyes, nose tip and mouth corners at fixed positions of a chip.</summary>
internal static class FivePoints
{
    /// <summary>Pixels of the chip that ArcFace introduced.</summary>
    public const int Side = 112;

    private static readonly Point[] _arcFace = Shares(
        Side, new(38.2946f, 51.6963f), new(73.5318f, 51.5014f), new(56.0252f, 71.7366f), new(41.5493f, 92.3655f), new(70.7299f, 92.2041f));

    private static readonly Point[] _openModelZoo = Shares(
        1, new(0.31556875f, 0.46157411f), new(0.68262292f, 0.46157411f), new(0.50026250f, 0.64050536f), new(0.34947188f, 0.82469196f), new(0.65343645f, 0.82469196f));

    /// <summary>The alignment of ArcFace.</summary>
    public static Similarity ToPhoto(IReadOnlyList<Point> landmarks, int side) => ToPhoto(_arcFace, landmarks, side);

    /// <summary>The alignment of the Open Model Zoo's face re-identification networks.</summary>
    public static Similarity OpenModelZooToPhoto(IReadOnlyList<Point> landmarks, int side) => ToPhoto(_openModelZoo, landmarks, side);

    private static Similarity ToPhoto(Point[] shares, IReadOnlyList<Point> landmarks, int side)
    {
        Span<Point> places = stackalloc Point[shares.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = new Point(shares[i].X * side, shares[i].Y * side);
        return Similarity.Fit([Centre(landmarks, 36..42), Centre(landmarks, 42..48), landmarks[30], landmarks[48], landmarks[54]], places).Inverse();
    }

    private static Point[] Shares(int side, params Point[] places) => [.. places.Select(place => new Point(place.X / side, place.Y / side))];

    private static Point Centre(IReadOnlyList<Point> landmarks, Range range)
    {
        var points = landmarks.Take(range).ToArray();
        return new Point(points.Average(point => point.X), points.Average(point => point.Y));
    }
}
