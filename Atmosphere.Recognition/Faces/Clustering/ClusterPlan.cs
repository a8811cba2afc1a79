using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>The planned cluster changes for the unknown faces of a photo, computed outside any transaction.</summary>
internal sealed class ClusterPlan
{
    private readonly UnknownClusters _owner;
    private readonly GroupId _group;
    private readonly long _version;
    private readonly ClusterSpace _space;

    internal ClusterPlan(UnknownClusters owner, GroupId group, long version, ClusterSpace space) =>
        (_owner, _group, _version, _space) = (owner, group, version, space);

    /// <summary>The planned changes; empty if all faces are in clusters already, or none is good enough.</summary>
    public IReadOnlyList<ClusterChange> Changes => _space.Changes;

    /// <summary>Writes the plan. Faces that were removed or deleted after planning are skipped, and the counts stay correct.</summary>
    public async Task ApplyAsync(Session session, DateTimeOffset now)
    {
        if (Changes.Count == 0)
            return;

        var version = await ClusterTable.VersionAsync(session, _group);
        var touched = new HashSet<ClusterId>();
        foreach (var change in Changes)
            touched.UnionWith(await ApplyAsync(session, change, now));
        await ClusterTable.ChangedAsync(session, _group, touched, now);

        // The plan equals the rows now, unless another transaction changed them in between.
        session.AfterCommit(() => _owner.Remember(_group, version == _version ? version + 1 : null, _space.Clusters));
    }

    private async Task<ClusterId[]> ApplyAsync(Session session, ClusterChange change, DateTimeOffset now)
    {
        switch (change)
        {
            case ClusterChange.Founded(var cluster, var face):
                await ClusterTable.AddAsync(session, _group, cluster, now);
                await ClusterTable.JoinAsync(session, _group, cluster, face.Face, face.Photo, now);
                await ClusterTable.RecordAsync(session, _group, "founded", cluster, null, now);
                return [cluster];
            case ClusterChange.Joined(var cluster, var face):
                await ClusterTable.JoinAsync(session, _group, cluster, face.Face, face.Photo, now);
                return [cluster];
            case ClusterChange.Merged(var stays, var gone):
                await ClusterTable.MergeAsync(session, stays, gone);
                await ClusterTable.RecordAsync(session, _group, "merged", stays, gone, now);
                return [stays, gone];
            case ClusterChange.Split(var from, var apart, var faces):
                await ClusterTable.AddAsync(session, _group, apart, now);
                await ClusterTable.MoveAsync(session, from, apart, faces);
                await ClusterTable.RecordAsync(session, _group, "split", from, apart, now);
                return [from, apart];
            case ClusterChange.Moved(var from, var to, var faces):
                await ClusterTable.MoveAsync(session, from, to, faces);
                await ClusterTable.RecordAsync(session, _group, "moved", from, to, now);
                return [from, to];
            default:
                throw new NotSupportedException($"A plan cannot write {change.GetType().Name}.");
        }
    }
}
