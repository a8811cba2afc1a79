namespace Atmosphere.Recognition.Faces;

/// <summary>Whether a face is good enough to learn a person from.</summary>
public enum FaceVerdict
{
    Good,

    /// <summary>Usable, but a better photo is worth asking for.</summary>
    Warn,

    Reject,
}

/// <summary>Why a face is not good. The value is the key of the advice for the parent.</summary>
public enum QualityReason
{
    /// <summary>The face covers too few pixels: come nearer.</summary>
    TooSmall,

    /// <summary>Out of focus or shaken: hold still, more light.</summary>
    Blurred,

    /// <summary>Seen from the side or from below: look into the camera.</summary>
    TurnedAway,

    /// <summary>The vector is not reliable: something covers the face, or it is not a face.</summary>
    Unsure,
}

/// <param name="Verdict">The worst of all measurements.</param>
/// <param name="Reasons">Why it is not <see cref="FaceVerdict.Good"/>, the worst first; empty if it is.</param>
public sealed record QualityVerdict(FaceVerdict Verdict, IReadOnlyList<QualityReason> Reasons);
