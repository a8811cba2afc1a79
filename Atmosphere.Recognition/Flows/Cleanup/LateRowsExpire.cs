using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>What a step wrote about a photo that was deleted while it worked; and faces of clusters whose vector is gone.</summary>
internal sealed class LateRowsExpire(Database database, UnknownClusters clusters, TimeProvider clock) : ITimeToLive
{
    public bool LooksAtEverything => true;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        // Looked for beside the writers: nearly always there is nothing, and they must not wait for that.
        var (photos, faces) = await database.ReadAsync(async session => (await Dependents.LateAsync(session), await ClusterTable.WithoutVectorAsync(session)), cancellation);
        if (photos.Count + faces.Count == 0)
            return 0;

        return await database.WriteAsync(
            async session =>
            {
                // One of them may have come back since.
                var late = await Dependents.GoAsync(session, Subject.Photo, Fate.Late, [.. (await Dependents.LateAsync(session)).Intersect(photos)]);
                var left = await ClusterTable.WithoutVectorAsync(session);
                await clusters.LeaveAsync(session, left, clock.GetUtcNow());
                return late + left.Count;
            },
            cancellation);
    }
}
