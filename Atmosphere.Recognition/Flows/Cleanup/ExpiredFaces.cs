using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Deletes all data of a face in one transaction; its picture files are deleted after that.</summary>
internal sealed class ExpiredFaces(UnknownClusters clusters, TimeProvider clock)
{
    /// <summary>Deletes the faces with their boxes, vectors, candidates and cluster memberships.</summary>
    /// <returns>Files that are no longer referenced.</returns>
    public async Task<IReadOnlyList<MediaKey>> DeleteAsync(Session session, IReadOnlyCollection<FaceId> faces)
    {
        var files = await FaceTable.FilesAsync(session, faces);
        await clusters.LeaveAsync(session, faces, clock.GetUtcNow());
        _ = await DependentRows.GoAsync(session, Subject.Face, Fate.Deleted, [.. faces.Select(face => face.Value)]);
        return files;
    }
}
