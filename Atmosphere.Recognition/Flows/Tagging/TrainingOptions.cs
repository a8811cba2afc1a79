namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Section <c>Atmosphere:Training</c>: what becomes of faces that tags taught.</summary>
public sealed class TrainingOptions
{
    public const string Section = "Atmosphere:Training";

    /// <summary>
    /// A face that is further than this from the mean of the person's other faces is dropped in the night. Distance, 0.3 to 2 (never), default
    /// 0.45: of the pairs of one person 95 in 100 are under 0.39, and means are nearer; of a hundred strangers one is under 0.45.
    /// </summary>
    public float OutliersFrom { get; set; } = 0.45f;

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (OutliersFrom is not (>= 0.3f and <= 2))
            yield return $"{Section}:OutliersFrom is {OutliersFrom}; use 0.3 to 2 (a distance; 2 drops nothing, the default is 0.45).";
    }
}
