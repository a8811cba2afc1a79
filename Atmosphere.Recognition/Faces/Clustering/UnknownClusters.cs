using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>
/// Maintains the clusters of unidentified faces of each group. Photos of a group are planned and applied one at a time; faces may be
/// removed at any time.
/// </summary>
internal sealed class UnknownClusters(Database database, IFaceEngine engine, GroupsInMemory groups, LeavingClusters leaving, TimeProvider clock)
{

    /// <summary>Plans the clusters for a photo's unknown faces. Faces that are in a cluster already stay there.</summary>
    /// <param name="faces">All unknown faces of the photo; no two of them are the same person.</param>
    public async Task<ClusterPlan> PlanAsync(GroupId group, PhotoId photo, IReadOnlyList<UnknownFace> faces, CancellationToken cancellation)
    {
        var good = faces.Where(face => face.Quality != FaceVerdict.Reject).ToList();
        var (version, clusters, known) = await database.ReadAsync(
            async session =>
            {
                var version = await ClusterTable.VersionAsync(session, group);
                var known = await ClusterTable.KnownAsync(session, good.Select(face => face.Face));
                return (version, groups.Find(group, version) ?? await ReadAsync(session, group), known);
            },
            cancellation);

        var space = new ClusterSpace(clusters, clock.GetUtcNow().ToUnixTimeMilliseconds());
        space.Add([.. good.Where(face => !known.Contains(face.Face)).Select(face => new ClusterFace(face.Face, photo, face.Embedding))]);
        if (space.Changes.Count == 0)
            groups.Remember(group, version, clusters);
        return new ClusterPlan(this, group, version, space);
    }

    /// <inheritdoc cref="LeavingClusters.LeaveAsync"/>
    public Task LeaveAsync(Session session, IReadOnlyCollection<FaceId> faces, DateTimeOffset now) => leaving.LeaveAsync(session, faces, now);

    /// <param name="version">Null if the clusters may differ from the rows.</param>
    internal void Remember(GroupId group, long? version, IReadOnlyCollection<OpenCluster> clusters)
    {
        if (version is { } known)
            groups.Remember(group, known, clusters);
        else
            groups.Forget(group);
    }

    private async Task<IReadOnlyCollection<OpenCluster>> ReadAsync(Session session, GroupId group) =>
        [.. (await ClusterTable.FacesAsync(session, group, engine.Model))
            .GroupBy(row => (row.ClusterId, row.FoundedAt), row => new ClusterFace(row.FaceId, row.PhotoId, Embedding.FromBytes(row.Vector)))
            .Select(cluster => new OpenCluster(cluster.Key.ClusterId, cluster.Key.FoundedAt, [.. cluster]))];
}
