using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>Adds the unknown faces of a photo to the open clusters of a group, in memory, and records the changes.</summary>
internal sealed class ClusterSpace(IEnumerable<OpenCluster> clusters, long now)
{
    private const int Rounds = 4;

    // Sorted by age, so that the result does not depend on the order of the rows.
    private readonly SortedSet<OpenCluster> _clusters = new(clusters, OpenCluster.OldestFirst);
    private readonly List<ClusterChange> _changes = [];
    private SortedSet<OpenCluster> _touched = new(OpenCluster.OldestFirst);

    /// <summary>Oldest first.</summary>
    public IReadOnlyCollection<OpenCluster> Clusters => _clusters;

    public IReadOnlyList<ClusterChange> Changes => _changes;

    /// <summary>
    /// Each face joins the nearest cluster or starts a new one, the closest pairs first. Then the clusters near a change are regrouped:
    /// they may merge, split or exchange faces.
    /// </summary>
    /// <param name="faces">All unknown faces of one photo.</param>
    public void Add(IReadOnlyList<ClusterFace> faces)
    {
        var waiting = faces.ToList();
        foreach (var (face, near) in Nearest(faces))
        {
            var cluster = _clusters.TryGetValue(near, out var present) ? present : near;
            if (waiting.Contains(face) && !cluster.Shows(face.Photo))
            {
                Replace(cluster, cluster.With([face]));
                _changes.Add(new ClusterChange.Joined(cluster.Id, face));
                _ = waiting.Remove(face);
            }
        }

        waiting.ForEach(Found);
        for (var round = 0; round < Rounds && _touched.Count > 0; round++)
        {
            var touched = _touched;
            _touched = new SortedSet<OpenCluster>(OpenCluster.OldestFirst);
            foreach (var cluster in touched)
                LookAgain(cluster);
        }

        _touched.Clear();
    }

    /// <summary>All pairs of a face and a cluster that it may join, nearest first; on ties the older cluster first.</summary>
    private IEnumerable<(ClusterFace Face, OpenCluster Cluster)> Nearest(IReadOnlyList<ClusterFace> faces) =>
        faces
            .SelectMany(face => _clusters, (face, cluster) => (face, cluster, link: cluster.LinkTo(face, ClusterRules.Link)))
            .Where(one => one.link is not null)
            .OrderBy(one => one.link)
            .Select(one => (one.face, one.cluster));

    private void Found(ClusterFace face)
    {
        var cluster = new OpenCluster(ClusterId.New(), now, [face]);
        Put(cluster);
        _changes.Add(new ClusterChange.Founded(cluster.Id, face));
    }

    private void LookAgain(OpenCluster touched)
    {
        if (!_clusters.TryGetValue(touched, out var cluster) || !ClusterRules.IsLookedAt(cluster.Faces.Count))
            return;

        var near = Neighbourhood(cluster);
        var faces = near.SelectMany(one => one.Faces).ToList();
        var parts = faces.Zip(Clustering.Clusters.Of(faces)).GroupBy(face => face.Second, face => face.First).Select(part => part.ToList()).ToList();
        var anew = Regrouping.Of(near, parts, now);
        if (anew.Changes.Count == 0)
            return;

        _changes.AddRange(anew.Changes);
        _clusters.ExceptWith(near);
        foreach (var one in anew.Clusters)
        {
            if (near.Any(before => before.Id == one.Id && before.Faces.Count == one.Faces.Count && before.Faces.SequenceEqual(one.Faces)))
                _ = _clusters.Add(one);
            else
                Put(one);
        }
    }

    /// <summary>The cluster, then the clusters near it, nearest first, up to the limit for regrouping.</summary>
    private List<OpenCluster> Neighbourhood(OpenCluster cluster)
    {
        var near = new List<OpenCluster> { cluster };
        var faces = cluster.Faces.Count;
        foreach (var other in _clusters
            .Where(other => other != cluster)
            .Select(other => (Cluster: other, Link: cluster.LinkTo(other, ClusterRules.Reach)))
            .Where(other => other.Link is not null)
            .OrderBy(other => other.Link)
            .Select(other => other.Cluster))
        {
            faces += other.Faces.Count;
            if (faces > ClusterRules.Most)
                break;
            near.Add(other);
        }

        return near;
    }

    private void Replace(OpenCluster before, OpenCluster after)
    {
        _ = _clusters.Remove(before);
        _ = _touched.Remove(before);
        Put(after);
    }

    private void Put(OpenCluster cluster)
    {
        _ = _clusters.Add(cluster);
        _ = _touched.Add(cluster);
    }
}
