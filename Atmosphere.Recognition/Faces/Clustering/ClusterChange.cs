using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>A change to the clusters of a group.</summary>
internal abstract record ClusterChange
{
    /// <summary>A face that resembles no cluster starts a new one.</summary>
    public sealed record Founded(ClusterId Cluster, ClusterFace By) : ClusterChange;

    public sealed record Joined(ClusterId Cluster, ClusterFace Face) : ClusterChange;

    /// <summary>Two clusters were merged; the older one stays.</summary>
    public sealed record Merged(ClusterId Cluster, ClusterId Gone) : ClusterChange;

    /// <summary>A cluster was split: some of its faces move to a new cluster.</summary>
    public sealed record Split(ClusterId Cluster, ClusterId New, IReadOnlyList<FaceId> Faces) : ClusterChange;

    /// <summary>Faces moved to another cluster.</summary>
    public sealed record Moved(ClusterId From, ClusterId To, IReadOnlyList<FaceId> Faces) : ClusterChange;
}
