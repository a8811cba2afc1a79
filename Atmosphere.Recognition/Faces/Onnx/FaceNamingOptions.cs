using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>
/// When a face gets a name, section <c>Atmosphere:Faces:Similarity</c>. With d1 the distance to the nearest user and o the mean distance to
/// the three next ones, the score is s = d1 - weight * (o - d1): a name needs a near match and a crowd that is clearly behind. Besides, the
/// second-best must be behind by a lead of its own: of two who look alike neither is named. Calibrated on galleries of 1 to 108 persons; a
/// plain threshold on d1 does not transfer between them.
/// </summary>
public sealed class FaceNamingOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Faces:Similarity";

    /// <summary>Scores below are named without asking.</summary>
    [Range(0d, 2), Unit("distance")]
    public float NamedBelow { get; set; } = 0.235f;

    /// <summary>Scores from <see cref="NamedBelow"/> up to here are uncertain: a human decides.</summary>
    [Range(0d, 2), Unit("distance")]
    public float UncertainBelow { get; set; } = 0.28f;

    /// <summary>How much the lead over the next ones counts.</summary>
    [Range(0d, 5), Unit("factor; 0 is not at all")]
    public float LeadWeight { get; set; } = 1;

    /// <summary>One of the next users who is further away, or missing, counts as this far: with few users they always are, which proves nothing.</summary>
    [Range(0d, 2), Unit("distance")]
    public float OthersAtMost { get; set; } = 0.45f;

    /// <summary>How far the second-best must be behind the best for a name; otherwise the face is uncertain at best.</summary>
    [Range(0d, 2), Unit("distance")]
    public float LeadAtLeast { get; set; } = 0.04f;

    public IEnumerable<string> Problems()
    {
        if (UncertainBelow < NamedBelow)
            yield return $"{Section}:UncertainBelow is {UncertainBelow}; use NamedBelow ({NamedBelow}) to 2 (distance; the default is 0.28).";
    }
}
