using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Everything that is known about a face goes in one transaction; its pictures after that.</summary>
internal sealed class ExpiredFaces(UnknownClusters clusters, TimeProvider clock)
{
    /// <summary>Deletes the faces with their boxes, vectors, candidates and places in clusters.</summary>
    /// <returns>Files that nobody names any more.</returns>
    public async Task<IReadOnlyList<MediaKey>> DeleteAsync(Session session, IReadOnlyCollection<FaceId> faces)
    {
        var files = await FaceTable.FilesAsync(session, faces);
        await clusters.LeaveAsync(session, faces, clock.GetUtcNow());
        _ = await Dependents.GoAsync(session, Subject.Face, Fate.Deleted, [.. faces.Select(face => face.Value)]);
        return files;
    }
}
