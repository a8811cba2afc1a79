using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Faces of people who never registered, with all that is known of them: crop, surroundings, box, vector, candidates, place in a cluster;
/// some time after their photo was looked at, whether that is still there or not. A cluster that ended goes as long after its end.
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
