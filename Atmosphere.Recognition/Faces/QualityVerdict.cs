namespace Atmosphere.Recognition.Faces;

/// <summary>Whether a face is good enough to learn a person from.</summary>
public enum FaceVerdict
{
    Good,

    /// <summary>Usable, a better photo is worth asking for.</summary>
    Warn,

    Reject,
}

/// <summary>What a parent can do better, and the key of the sentence that says so.</summary>
public enum QualityReason
{
    /// <summary>The face covers too few pixels: come nearer.</summary>
    TooSmall,

    /// <summary>Out of focus or shaken: hold still, more light.</summary>
    Blurred,

    /// <summary>Seen from the side or from below: look into the camera.</summary>
    TurnedAway,

    /// <summary>The engine does not trust its own reading: something covers the face, or it is none.</summary>
    Unsure,
}

/// <param name="Verdict">The worst of all measurements.</param>
/// <param name="Reasons">Why it is not <see cref="FaceVerdict.Good"/>, the worst first; empty when it is.</param>
public sealed record QualityVerdict(FaceVerdict Verdict, IReadOnlyList<QualityReason> Reasons);
