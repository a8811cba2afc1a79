using Atmosphere.Recognition.Faces;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>
/// Decides whether a face is good enough to learn from. At these limits recognition starts to fail, see docs/measurements.md.
/// </summary>
internal static class EnrolmentQuality
{
    private const float SmallestHeight = 40;
    private const float LeastSharpness = 50;
    private const float MostYaw = 0.7f;
    private const float MostResidual = 0.05f;
    private const float MostMirrorDistance = 0.2f;

    /// <summary>The first problem that a parent can fix; null: the face is good.</summary>
    public static FaceProblem? ProblemOf(FaceDescription face)
    {
        var quality = face.Face.Quality;
        if (quality.Height < SmallestHeight)
            return FaceProblem.TooSmall;
        if (quality.Sharpness < LeastSharpness)
            return FaceProblem.Blurred;
        return quality.Yaw > MostYaw || quality.LandmarkResidual > MostResidual || face.MirrorDistance > MostMirrorDistance
            ? FaceProblem.TurnedAway
            : null;
    }
}
