using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Deletes old ids of received messages and of sent pictures, and files that were never processed.</summary>
internal sealed class InboxExpires(Database database, IMediaStore media, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var undelivered = now - options.Value.UndeliveredPhotos;
        if ((await database.ReadAsync(session => InboxTable.DueFilesAsync(session, undelivered), cancellation)).Count > 0)
        {
            foreach (var file in await database.WriteAsync(session => InboxTable.LetFilesGoAsync(session, undelivered), cancellation))
                await media.DeleteAsync(file, cancellation);
        }

        return await InboxTable.Due.GoAsync(database, now - options.Value.Inbox, cancellation) + await SentPictures.Due.GoAsync(database, now, cancellation);
    }
}
