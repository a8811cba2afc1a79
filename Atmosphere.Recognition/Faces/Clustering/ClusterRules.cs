using System.Numerics;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>When faces share a cluster, and how far a new face makes us look again.</summary>
internal static class ClusterRules
{
    /// <summary>A face joins, and clusters are one, under this link.</summary>
    public const float Link = Clusters.AverageLink;

    /// <summary>Clusters this near to one that changed are looked at again together with it: faces may belong elsewhere now.</summary>
    public const float Reach = 0.445f;

    /// <summary>More faces are never looked at again together: it costs the square of them (a thousand: a tenth of a second).</summary>
    public const int Most = 1024;

    private const int AlwaysLookedAt = 32;

    /// <summary>Whether it is time to look at a cluster again: always while it is small, then each time it has grown by about a tenth.</summary>
    public static bool IsLookedAt(int faces) =>
        faces <= AlwaysLookedAt || (faces <= Most && faces % (BitOperations.RoundUpToPowerOf2((uint)faces) / 16) == 0);
}
