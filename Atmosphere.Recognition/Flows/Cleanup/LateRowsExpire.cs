using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Deletes rows that a step wrote after its photo had been deleted, and cluster faces without a vector.</summary>
internal sealed class LateRowsExpire(Database database, UnknownClusters clusters, TimeProvider clock) : ITimeToLive
{
    public bool LooksAtEverything => true;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        // Read first: there is nearly always nothing to delete, and writers must not wait for the search.
        var (photos, faces) = await database.ReadAsync(async session => (await DependentRows.LateAsync(session), await ClusterTable.WithoutVectorAsync(session)), cancellation);
        if (photos.Count + faces.Count == 0)
            return 0;

        return await database.WriteAsync(
            async session =>
            {
                // One of the photos may have come back since.
                var late = await DependentRows.GoAsync(session, Subject.Photo, Fate.Late, [.. (await DependentRows.LateAsync(session)).Intersect(photos)]);
                var left = await ClusterTable.WithoutVectorAsync(session);
                await clusters.LeaveAsync(session, left, clock.GetUtcNow());
                return late + left.Count;
            },
            cancellation);
    }
}
