using Atmosphere.Recognition.Faces;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>When a face is too poor to learn a person from. The limits are those at which recognition starts to fail, see docs/measurements.md.</summary>
internal static class EnrolmentQuality
{
    private const float SmallestHeight = 40;
    private const float LeastSharpness = 50;
    private const float MostYaw = 0.7f;
    private const float MostResidual = 0.05f;
    private const float MostMirrorDistance = 0.2f;

    /// <summary>The first problem that a parent can do something about; null: the face is good.</summary>
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
