using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Section <c>Atmosphere:Training</c>: what becomes of faces that tags taught.</summary>
public sealed class TrainingOptions
{
    public const string Section = "Atmosphere:Training";

    /// <summary>
    /// A face that is further than this from the mean of the person's other faces is dropped in the night. Of the pairs of
    /// one person 95 in 100 are under 0.39, and means are nearer; of a hundred strangers one is under 0.45.
    /// </summary>
    [Range(0.3, 2), Unit("distance; 2 drops nothing")]
    public float OutliersFrom { get; set; } = 0.45f;
}
