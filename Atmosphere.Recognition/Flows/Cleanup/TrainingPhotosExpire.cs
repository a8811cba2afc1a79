using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Deletes photos that a parent sent but did not confirm, even if the conversation still waits for them.</summary>
internal sealed class TrainingPhotosExpire(Database database, IMediaStore media, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - options.Value.TrainingPhotos;
        var old = (await media.ListAsync(MediaBucket.Training, cancellation)).Where(file => file.StoredAt <= before).ToList();
        if (old.Count == 0)
            return 0;

        var confirmed = (await database.ReadAsync(EnrolmentPhotoTable.AllPhotosAsync, cancellation)).ToHashSet();
        var expired = old.Where(file => !confirmed.Contains(file.Key)).ToList();
        foreach (var file in expired)
            await media.DeleteAsync(file.Key, cancellation);
        return expired.Count;
    }
}
