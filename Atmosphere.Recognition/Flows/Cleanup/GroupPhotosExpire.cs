using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Deletes group photos with the data of registered people in them: some time after the last delivery, or after receipt if never delivered.
/// The photo's row stays for its unknown faces, which have a retention period of their own.
/// </summary>
internal sealed class GroupPhotosExpire(
    Database database, IMediaStore media, ExpiredFaces faces, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (received, delivered) = (now - options.Value.UndeliveredPhotos, now - options.Value.GroupPhotosAfterDelivery);
        var expired = await database.ReadAsync(session => PhotoTable.DueAsync(session, received, delivered), cancellation);
        foreach (var photo in expired)
        {
            foreach (var file in await database.WriteAsync(session => ForgetAsync(session, photo, now), cancellation))
                await media.DeleteAsync(file, cancellation);
        }

        return expired.Count;
    }

    private async Task<IReadOnlyList<MediaKey>> ForgetAsync(Session session, PhotoId photo, DateTimeOffset now)
    {
        var files = await PhotoTable.WholeFilesAsync(session, photo);
        var pictures = await faces.DeleteAsync(session, await FaceTable.NotUnknownAsync(session, photo));
        await PhotoTable.ExpireAsync(session, photo, now);
        return [.. files, .. pictures];
    }
}
