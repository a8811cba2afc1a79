using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>Caches the clusters of recently used groups, so that a photo does not read thousands of vectors again.</summary>
internal sealed class GroupsInMemory
{
    // Half a kilobyte per face.
    private const int MostFaces = 100_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _lastUsedFirst = [];

    /// <summary>The group's clusters at a version; null if that version is not cached.</summary>
    public IReadOnlyCollection<OpenCluster>? Find(GroupId group, long version)
    {
        lock (_gate)
        {
            if (Node(group) is not { } node || node.Value.Version != version)
                return null;
            _lastUsedFirst.Remove(node);
            _lastUsedFirst.AddFirst(node);
            return node.Value.Clusters;
        }
    }

    public void Remember(GroupId group, long version, IReadOnlyCollection<OpenCluster> clusters)
    {
        lock (_gate)
        {
            Drop(group);
            _ = _lastUsedFirst.AddFirst(new Entry(group, version, clusters, clusters.Sum(cluster => cluster.Faces.Count)));
            while (_lastUsedFirst.Count > 1 && _lastUsedFirst.Sum(entry => entry.Faces) > MostFaces)
                _lastUsedFirst.RemoveLast();
        }
    }

    public void Forget(GroupId group)
    {
        lock (_gate)
            Drop(group);
    }

    private LinkedListNode<Entry>? Node(GroupId group)
    {
        var node = _lastUsedFirst.First;
        while (node is not null && node.Value.Group != group)
            node = node.Next;
        return node;
    }

    private void Drop(GroupId group)
    {
        if (Node(group) is { } node)
            _lastUsedFirst.Remove(node);
    }

    private sealed record Entry(GroupId Group, long Version, IReadOnlyCollection<OpenCluster> Clusters, int Faces);
}
