namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>
/// When a face gets a name, section <c>Atmosphere:Faces:Similarity</c>. With d1 the distance to the nearest user and o the mean distance to
/// the three next ones, the score is s = d1 - weight * (o - d1): a name needs a near match and a crowd that is clearly behind. Besides, the
/// second-best must be behind by a lead of its own: of two who look alike neither is named. Calibrated on galleries of 1 to 108 persons; a
/// plain threshold on d1 does not transfer between them.
/// </summary>
public sealed class FaceNamingOptions
{
    public const string Section = "Atmosphere:Faces:Similarity";

    /// <summary>Scores below are named without asking. Distance, 0..2, default 0.235.</summary>
    public float NamedBelow { get; set; } = 0.235f;

    /// <summary>Scores from <see cref="NamedBelow"/> up to here are uncertain: a human decides. Distance, <see cref="NamedBelow"/>..2, default 0.28.</summary>
    public float UncertainBelow { get; set; } = 0.28f;

    /// <summary>How much the lead over the next ones counts. Factor, 0 (not at all) to 5, default 1.</summary>
    public float LeadWeight { get; set; } = 1;

    /// <summary>One of the next users who is further away, or missing, counts as this far: with few users they always are, which proves nothing. Distance, 0..2, default 0.45.</summary>
    public float OthersAtMost { get; set; } = 0.45f;

    /// <summary>How far the second-best must be behind the best for a name; otherwise the face is uncertain at best. Distance, 0..2, default 0.04.</summary>
    public float LeadAtLeast { get; set; } = 0.04f;

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (NamedBelow is not (>= 0 and <= 2))
            yield return $"{Section}:NamedBelow is {NamedBelow}; use 0 to 2 (a distance; the default is 0.235).";
        if (UncertainBelow is not (>= 0 and <= 2) || UncertainBelow < NamedBelow)
            yield return $"{Section}:UncertainBelow is {UncertainBelow}; use NamedBelow ({NamedBelow}) to 2 (a distance; the default is 0.28).";
        if (LeadWeight is not (>= 0 and <= 5))
            yield return $"{Section}:LeadWeight is {LeadWeight}; use 0 to 5 (a factor; the default is 1).";
        if (OthersAtMost is not (>= 0 and <= 2))
            yield return $"{Section}:OthersAtMost is {OthersAtMost}; use 0 to 2 (a distance; the default is 0.45).";
        if (LeadAtLeast is not (>= 0 and <= 2))
            yield return $"{Section}:LeadAtLeast is {LeadAtLeast}; use 0 to 2 (a distance; the default is 0.04).";
    }
}
