using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

/// <summary>How faces are turned within the plane of their photo.</summary>
public static class FaceAngles
{
    // Of the 68 landmarks.
    private static readonly Range _eyes = 36..48;
    private static readonly Range _mouth = 48..68;

    /// <summary>Degrees that the face is turned clockwise, -180..180; an upright face has 0.</summary>
    public static float Roll(this DetectedFace face)
    {
        var (eyes, mouth) = (Centre(face.Landmarks, _eyes), Centre(face.Landmarks, _mouth));
        return MathF.Atan2(eyes.X - mouth.X, mouth.Y - eyes.Y) * 180 / MathF.PI;
    }

    /// <summary>The turn that puts most of the faces upright; none if no direction has more than half of them.</summary>
    public static QuarterTurn ToUpright(IReadOnlyCollection<DetectedFace> faces) => faces
        .GroupBy(face => QuarterTurn.Nearest(-face.Roll()))
        .FirstOrDefault(turn => 2 * turn.Count() > faces.Count)?.Key ?? default;

    /// <summary>The same face after its photo was turned.</summary>
    /// <param name="face">A face of the photo before the turn.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="width">Pixels of the photo before the turn.</param>
    /// <param name="height">Pixels of the photo before the turn.</param>
    public static DetectedFace Turned(this DetectedFace face, QuarterTurn turn, int width, int height) => turn.IsNone ? face : face with
    {
        Box = turn.Apply(face.Box, width, height),
        Landmarks = [.. face.Landmarks.Select(point => turn.Apply(point, width, height))],
    };

    private static Point Centre(IReadOnlyList<Point> landmarks, Range range)
    {
        var (from, count) = range.GetOffsetAndLength(landmarks.Count);
        var (x, y) = (0f, 0f);
        for (var i = from; i < from + count; i++)
            (x, y) = (x + landmarks[i].X, y + landmarks[i].Y);
        return new Point(x / count, y / count);
    }
}
