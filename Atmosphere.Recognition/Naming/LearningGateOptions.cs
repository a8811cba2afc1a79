using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Naming;

/// <summary>Section <c>Atmosphere:Learning</c>: which faces are learned without a question.</summary>
public sealed class LearningGateOptions
{
    public const string Section = "Atmosphere:Learning";

    /// <summary>
    /// A face that is no further than this from the person's own faces is learned; about any other somebody who knows the person is asked first.
    /// docs/measurements.md says what each bound asks needlessly and lets pass.
    /// </summary>
    [Range(0.2, 0.6), Unit("distance; the smaller, the more often somebody is asked")]
    public float SamePersonWithin { get; set; } = 0.34f;

    /// <summary>
    /// How long the decision about a registration that somebody looked at can be undone. A refusal takes effect afterwards.
    /// </summary>
    [TimeRange("00:00:00", "1.00:00:00")]
    public TimeSpan UndoWithin { get; set; } = TimeSpan.FromHours(1);
}
