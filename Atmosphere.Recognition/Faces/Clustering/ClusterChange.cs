using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>One thing that happens to the clusters of a group.</summary>
internal abstract record ClusterChange
{
    /// <summary>A face that resembles no cluster founds one.</summary>
    public sealed record Founded(ClusterId Cluster, ClusterFace By) : ClusterChange;

    public sealed record Joined(ClusterId Cluster, ClusterFace Face) : ClusterChange;

    /// <summary>Two clusters have become one; the older one stays.</summary>
    public sealed record Merged(ClusterId Cluster, ClusterId Gone) : ClusterChange;

    /// <summary>A cluster does not hold together any more; some of its faces get a cluster of their own.</summary>
    public sealed record Split(ClusterId Cluster, ClusterId New, IReadOnlyList<FaceId> Faces) : ClusterChange;

    /// <summary>Faces turn out to belong to another cluster.</summary>
    public sealed record Moved(ClusterId From, ClusterId To, IReadOnlyList<FaceId> Faces) : ClusterChange;
}
