using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>
/// Judges from faces that were found whether their photo is upright. The detector also finds faces that lie on their side or stand on their
/// head, but it is less certain of them, their landmarks fit badly, and their vectors differ from those of the mirror image.
/// </summary>
/// <remarks>Measured with `accuracy --turned` and on the same photos turned by 90, 180 and 270 degrees.</remarks>
internal static class TurnedFaces
{
    private const float FitsVeryWell = 0.025f;
    private const float FitsWell = 0.035f;
    private const float Doubtful = 0.04f;
    private const float FitsBadly = 0.05f;
    private const float FitsNot = 0.1f;
    private const float MuchBetter = 0.6f;
    private const float Certain = 0.97f;
    private const float AlmostCertain = 0.9f;
    private const float Probable = 0.75f;
    private const float OnItsSide = 60;
    private const int Enough = 2;

    // Of upright faces half have a mirror distance below 0.13, of turned ones one in twenty below 0.18.
    private const float Alike = 0.18f;
    private const float Clearer = 0.03f;

    /// <summary>Whether landmarks are to be looked for in other directions, too.</summary>
    /// <param name="face">As the detector saw it.</param>
    /// <param name="photoMay">Whether the whole photo may be turned.</param>
    public static bool MayBeTurned(DetectedFace face, bool photoMay) =>
        photoMay ? face.Quality.LandmarkResidual > Doubtful : face is { Quality.LandmarkResidual: > FitsNot, Score: > Probable };

    public static bool FitWell(float residual) => residual <= FitsWell;

    /// <summary>Whether landmarks that were looked for in another direction fit so much better that they may be the right ones.</summary>
    public static bool FitBetter(float residual, float upright) => residual <= FitsWell && residual < MuchBetter * upright;

    /// <summary>Positive if the faces stand upright, negative if they do not; the larger the surer.</summary>
    public static int Evidence(IEnumerable<SeenFace> seen) => seen.Sum(one => one.Face switch
    {
        { Quality.LandmarkResidual: > FitsBadly } => -1,
        { Quality.LandmarkResidual: > FitsWell } => 0,
        var face when Math.Abs(face.Roll()) > OnItsSide => -1,
        { Score: >= Certain } or { Quality.LandmarkResidual: < FitsVeryWell } => 2,
        { Score: >= AlmostCertain } => 1,
        _ => 0,
    });

    public static bool AreClearlyUpright(IEnumerable<SeenFace> seen) => Evidence(seen) >= Enough;

    public static bool IsUpright(float mirrorDistance) => mirrorDistance < Alike;

    public static bool IsClearer(float mirrorDistance, float upright) => mirrorDistance < Alike && mirrorDistance < upright - Clearer;

    /// <summary>The turn for which most faces with good landmarks vote.</summary>
    public static QuarterTurn Voted(IEnumerable<SeenFace> seen) =>
        FaceAngles.ToUpright([.. seen.Select(one => one.Other ?? one.Face).Where(face => face.Quality.LandmarkResidual <= FitsWell)]);
}

/// <param name="Face">As the detector saw it, upright.</param>
/// <param name="Other">The same face with landmarks of another direction, if these fit much better.</param>
internal readonly record struct SeenFace(DetectedFace Face, DetectedFace? Other);
