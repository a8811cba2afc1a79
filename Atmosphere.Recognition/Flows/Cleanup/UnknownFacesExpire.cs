using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Deletes faces of people who never registered, with all their data: crops, box, vector, candidates, cluster membership; some time after
/// their photo was processed, whether it still exists or not. Ended clusters are deleted after the same period.
/// </summary>
internal sealed class UnknownFacesExpire(
    Database database, IMediaStore media, ExpiredFaces faces, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow() - options.Value.UnknownFaces;
        var expired = await database.ReadAsync(session => FaceTable.UnknownDueAsync(session, old), cancellation);
        foreach (var photo in expired.GroupBy(face => face.PhotoId, face => face.FaceId))
            await DeleteAsync(photo.Key, [.. photo], cancellation);

        _ = await ClusterTable.Due.GoAsync(database, old, cancellation);
        return expired.Count;
    }

    private async Task DeleteAsync(PhotoId photo, IReadOnlyCollection<FaceId> unknown, CancellationToken cancellation)
    {
        var files = await database.WriteAsync(
            async session =>
            {
                var files = await faces.DeleteAsync(session, unknown);
                await PhotoTable.LetGoAsync(session, photo);
                return files;
            },
            cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
    }
}
