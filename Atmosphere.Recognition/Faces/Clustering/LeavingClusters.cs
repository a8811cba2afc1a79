using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>How faces leave the clusters of the unknown, and come back. It needs no face engine, whose networks take their time to load.</summary>
internal sealed class LeavingClusters(GroupsInMemory groups)
{
    /// <summary>Takes faces out of their clusters: they got a person, or they are deleted. A face in no cluster changes nothing.</summary>
    public async Task LeaveAsync(Session session, IReadOnlyCollection<FaceId> faces, DateTimeOffset now)
    {
        foreach (var group in (await ClusterTable.RemoveAsync(session, faces)).GroupBy(cluster => cluster.GroupId, cluster => cluster.ClusterId))
        {
            await ClusterTable.ChangedAsync(session, group.Key, group, now);

            // Vectors of faces that are gone must not live on in memory.
            session.AfterCommit(() => groups.Forget(group.Key));
        }
    }

    /// <summary>Faces that lost the name by which they left are back in their cluster, or in the one that has taken its place.</summary>
    /// <returns>Where they are now.</returns>
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
