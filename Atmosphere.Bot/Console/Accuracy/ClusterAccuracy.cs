namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>Pairwise: of the pairs that share a cluster, how many are one person; of the pairs of one person, how many share a cluster.</summary>
internal sealed record ClusterAccuracy(int Faces, int Persons, int Clusters, double Precision, double Recall)
{
    /// <param name="faces">The true person and the cluster of each face.</param>
    public static ClusterAccuracy Of(IReadOnlyList<(string Person, int Cluster)> faces)
    {
        var together = Pairs(faces.GroupBy(face => face.Cluster));
        var same = Pairs(faces.GroupBy(face => face.Person));
        var both = Pairs(faces.GroupBy(face => face));
        return new ClusterAccuracy(
            faces.Count, faces.Select(face => face.Person).Distinct().Count(), faces.Select(face => face.Cluster).Distinct().Count(),
            together == 0 ? 1 : both / (double)together, same == 0 ? 1 : both / (double)same);
    }

    private static long Pairs<TKey, T>(IEnumerable<IGrouping<TKey, T>> groups) => groups.Sum(group => (long)group.Count() * (group.Count() - 1) / 2);
}
