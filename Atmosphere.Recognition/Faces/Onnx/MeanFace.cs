using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Pictures;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>
/// The average landmarks of 504 faces from the landmark network, made symmetrical. Origin: the midpoint between eyes and mouth; unit: the
/// distance from eyes to mouth; y points down.
/// </summary>
internal static class MeanFace
{
    // Position of the mean face in a chip: the distance from eyes to mouth and the midpoint, as shares of the side. The descriptor's frame
    // is that of its training; the landmarks' frame is the average box of a detected face, made square.
    private static readonly Frame _descriptor = new(0.45f, new Point(0.5f, 0.43f));
    private static readonly Frame _landmarks = new(0.434f, new Point(0.5f, 0.488f));

    private static readonly Point[] _shape =
    [
        new(-0.957f, -0.281f), new(-0.941f, -0.026f), new(-0.902f, 0.210f), new(-0.856f, 0.424f), // jaw
        new(-0.770f, 0.657f), new(-0.639f, 0.843f), new(-0.486f, 0.966f), new(-0.293f, 1.091f),
        new(0, 1.168f), new(0.293f, 1.091f), new(0.486f, 0.966f), new(0.639f, 0.843f),
        new(0.770f, 0.657f), new(0.856f, 0.424f), new(0.902f, 0.210f), new(0.941f, -0.026f), new(0.957f, -0.281f),
        new(-0.737f, -0.508f), new(-0.627f, -0.583f), new(-0.483f, -0.607f), new(-0.351f, -0.594f), new(-0.235f, -0.553f), // brows
        new(0.235f, -0.553f), new(0.351f, -0.594f), new(0.483f, -0.607f), new(0.627f, -0.583f), new(0.737f, -0.508f),
        new(0, -0.282f), new(0, -0.112f), new(0, 0.044f), new(0, 0.188f), // nose
        new(-0.155f, 0.279f), new(-0.088f, 0.301f), new(0, 0.322f), new(0.088f, 0.301f), new(0.155f, 0.279f),
        new(-0.551f, -0.312f), new(-0.470f, -0.350f), new(-0.350f, -0.353f), // eyes
        new(-0.244f, -0.294f), new(-0.339f, -0.261f), new(-0.463f, -0.261f),
        new(0.244f, -0.294f), new(0.350f, -0.353f), new(0.470f, -0.350f),
        new(0.551f, -0.312f), new(0.463f, -0.261f), new(0.339f, -0.261f),
        new(-0.348f, 0.589f), new(-0.228f, 0.528f), new(-0.076f, 0.481f), new(0, 0.497f), // mouth
        new(0.076f, 0.481f), new(0.228f, 0.528f), new(0.348f, 0.589f),
        new(0.226f, 0.702f), new(0.114f, 0.756f), new(0, 0.772f), new(-0.114f, 0.756f), new(-0.226f, 0.702f),
        new(-0.325f, 0.589f), new(-0.109f, 0.564f), new(0, 0.562f), new(0.109f, 0.564f),
        new(0.325f, 0.589f), new(0.105f, 0.648f), new(0, 0.658f), new(-0.105f, 0.648f),
    ];

    private const int FirstInner = 17;

    /// <summary>The transformation from descriptor chip pixels to photo pixels that maps these landmarks onto the mean face.</summary>
    /// <param name="landmarks">68 points, photo pixels.</param>
    /// <param name="side">Pixels of the chip's side.</param>
    public static Similarity ToPhoto(IReadOnlyList<Point> landmarks, int side) => _descriptor.ToPhoto(landmarks, side);

    /// <summary>The transformation for the chip of the second landmark pass.</summary>
    public static Similarity LandmarksToPhoto(IReadOnlyList<Point> landmarks, int side) => _landmarks.ToPhoto(landmarks, side);

    /// <summary>
    /// How far a face is turned sideways (0 frontal, 1 profile), and how badly its landmarks fit, as a share of the chip's side.
    /// </summary>
    public static (float Yaw, float Residual) Fit(IReadOnlyList<Point> landmarks)
    {
        var inner = Inner(landmarks);
        var upright = Similarity.Fit(inner, _shape.AsSpan(FirstInner));
        var squares = 0f;
        for (var i = 0; i < inner.Length; i++)
        {
            var (placed, mean) = (upright.Apply(inner[i]), _shape[FirstInner + i]);
            squares += ((placed.X - mean.X) * (placed.X - mean.X)) + ((placed.Y - mean.Y) * (placed.Y - mean.Y));
        }

        const int rightCheek = 2, noseTip = 30, leftCheek = 14;
        var nose = upright.Apply(landmarks[noseTip]).X;
        var (left, right) = (nose - upright.Apply(landmarks[rightCheek]).X, upright.Apply(landmarks[leftCheek]).X - nose);
        var yaw = Math.Clamp(Math.Abs(left - right) / Math.Max(Math.Abs(left + right), 1e-3f), 0, 1);
        return (yaw, MathF.Sqrt(squares / inner.Length) * _descriptor.Share);
    }

    /// <summary>All landmarks except the jaw, which moves with the mouth and is hidden in turned faces.</summary>
    private static Point[] Inner(IReadOnlyList<Point> landmarks) => [.. landmarks.Skip(FirstInner)];

    private sealed record Frame(float Share, Point Middle)
    {
        public Similarity ToPhoto(IReadOnlyList<Point> landmarks, int side)
        {
            Span<Point> chip = stackalloc Point[_shape.Length];
            for (var i = 0; i < chip.Length; i++)
                chip[i] = new Point((Middle.X + (Share * _shape[i].X)) * side, (Middle.Y + (Share * _shape[i].Y)) * side);
            return Similarity.Fit(Inner(landmarks), chip[FirstInner..]).Inverse();
        }
    }
}
