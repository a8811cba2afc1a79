using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>The result of regrouping clusters: the new clusters with their ids, and the changes.</summary>
internal sealed record Regrouping(IReadOnlyList<OpenCluster> Clusters, IReadOnlyList<ClusterChange> Changes)
{
    /// <summary>
    /// A cluster's id stays with the part that holds most of its faces. If a part inherits several ids, the oldest stays; a part that
    /// inherits none is split off with a new id.
    /// </summary>
    public static Regrouping Of(IReadOnlyList<OpenCluster> before, IReadOnlyList<List<ClusterFace>> parts, long now)
    {
        var partOf = parts.SelectMany((part, number) => part.Select(face => (face.Face, number))).ToDictionary(face => face.Face, face => face.number);
        var heirs = before.ToLookup(cluster => MostOf(cluster.Faces.Select(face => partOf[face.Face])));
        var homeOf = before.SelectMany(cluster => cluster.Faces, (cluster, face) => (face.Face, cluster.Id)).ToDictionary(face => face.Face, face => face.Id);

        var (clusters, merges, moves) = (new List<OpenCluster>(), new List<ClusterChange>(), new List<ClusterChange>());
        for (var number = 0; number < parts.Count; number++)
        {
            var part = parts[number];
            var living = heirs[number].Order(OpenCluster.OldestFirst).ToList();
            var cluster = living.Count > 0
                ? new OpenCluster(living[0].Id, living[0].FoundedAt, part)
                : new OpenCluster(ClusterId.New(), now, part);
            clusters.Add(cluster);

            // Faces that leave a cluster which is to be merged leave first, so that the rest is merged as a whole.
            foreach (var came in part.GroupBy(face => homeOf[face.Face], face => face.Face).Where(came => living.All(one => one.Id != came.Key)))
            {
                moves.Add(living.Count > 0
                    ? new ClusterChange.Moved(came.Key, cluster.Id, [.. came])
                    : new ClusterChange.Split(came.Key, cluster.Id, [.. came]));
            }

            merges.AddRange(living.Skip(1).Select(gone => new ClusterChange.Merged(cluster.Id, gone.Id)));
        }

        return new Regrouping(clusters, [.. moves, .. merges]);
    }

    private static int MostOf(IEnumerable<int> parts) =>
        parts.GroupBy(part => part).OrderByDescending(part => part.Count()).First().Key;
}
