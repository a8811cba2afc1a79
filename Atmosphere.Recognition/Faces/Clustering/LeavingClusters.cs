using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>Removes faces from clusters and returns them. Needs no face engine, whose networks take time to load.</summary>
internal sealed class LeavingClusters(GroupsInMemory groups)
{
    /// <summary>Removes faces from their clusters because they were identified or deleted. Faces in no cluster are ignored.</summary>
    public async Task LeaveAsync(Session session, IReadOnlyCollection<FaceId> faces, DateTimeOffset now)
    {
        foreach (var group in (await ClusterTable.RemoveAsync(session, faces)).GroupBy(cluster => cluster.GroupId, cluster => cluster.ClusterId))
        {
            await ClusterTable.ChangedAsync(session, group.Key, group, now);

            // The vectors of deleted faces must not stay in memory.
            session.AfterCommit(() => groups.Forget(group.Key));
        }
    }

    /// <summary>Returns faces that lost their name to their former cluster, or to the cluster that it was merged into.</summary>
    /// <returns>The cluster that they are in now.</returns>
    public async Task<ClusterId> ReturnAsync(
        Session session, GroupId group, ClusterId left, IReadOnlyCollection<(FaceId Face, PhotoId Photo)> faces, DateTimeOffset now)
    {
        var cluster = await ClusterTable.ReopenAsync(session, group, left, now);
        foreach (var (face, photo) in faces)
            await ClusterTable.JoinAsync(session, group, cluster, face, photo, now);
        await ClusterTable.ChangedAsync(session, group, [cluster], now);
        session.AfterCommit(() => groups.Forget(group));
        return cluster;
    }
}
