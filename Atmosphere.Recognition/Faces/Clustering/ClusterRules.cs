using System.Numerics;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>The thresholds for joining and merging clusters, and for regrouping around a new face.</summary>
internal static class ClusterRules
{
    /// <summary>A face joins a cluster, and two clusters merge, if their link is below this.</summary>
    public const float Link = Clusters.AverageLink;

    /// <summary>Clusters within this link of a changed cluster are regrouped with it: their faces may belong elsewhere now.</summary>
    public const float Reach = 0.445f;

    /// <summary>The most faces regrouped at once: the cost grows with the square (1,000 faces: 0.1 s).</summary>
    public const int Most = 1024;

    private const int AlwaysLookedAt = 32;

    /// <summary>
    /// Whether to regroup a cluster of this size: always while it is small, later each time it has grown by about a tenth.
    /// </summary>
    public static bool IsLookedAt(int faces) =>
        faces <= AlwaysLookedAt || (faces <= Most && faces % (BitOperations.RoundUpToPowerOf2((uint)faces) / 16) == 0);
}
