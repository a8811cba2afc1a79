using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Pipeline;

/// <summary>Completes the pipeline of a photo: moves its file, marks it processed unless degraded, and starts the other flows.</summary>
internal sealed class CompleteImage(Database database, IMediaStore media, FailedPhotos failed, TimeProvider clock, ILogger<CompleteImage> log)
    : IStep<CompletePhoto>, IOnExhausted<CompletePhoto>
{
    public async Task<Effects> HandleAsync(CompletePhoto message, CancellationToken cancellation)
    {
        var photo = await database.ReadAsync(session => PhotoTable.FindAsync(session, message.Photo), cancellation);
        if (photo is not { State: PhotoState.Processing or PhotoState.Degraded, Media: { } file })
            return Effects.None;

        // A restarted photo was moved in its first run.
        if (IsMoved(file))
            return new Effects().Change((session, outbox) => CompleteAsync(session, outbox, message.Photo, file, file));

        MediaKey copy;
        try
        {
            // A move is a copy, the row's new key, then the deletion of the old file, so that the row always names a file.
            copy = await media.CopyAsync(file, MediaBucket.Processed, cancellation);
        }
        catch (MediaNotFoundException error)
        {
            return failed.Refused(message.Photo, nameof(CompleteImage), error);
        }

        PhotoState? ended = null;
        return new Effects()
            .Change(async (session, outbox) => ended = await CompleteAsync(session, outbox, message.Photo, file, copy))
            .Afterwards(() =>
            {
                // If the photo has ended otherwise, its row still names the old file.
                if (ended is not { } state)
                    return Task.CompletedTask;
                log.LogInformation("Photo {Photo} is {State}", message.Photo, state);
                return media.DeleteAsync(file, CancellationToken.None);
            });
    }

    public Effects Exhausted(CompletePhoto message, Exception reason) => failed.Failed(message.Photo, nameof(CompleteImage), reason);

    /// <returns>Null if the photo has ended otherwise.</returns>
    private async Task<PhotoState?> CompleteAsync(Session session, IOutbox outbox, PhotoId photo, MediaKey file, MediaKey copy)
    {
        var now = clock.GetUtcNow();
        if (!await PhotoTable.CompleteAsync(session, photo, file, copy, now))
            return null;

        await SyncPoints.CloseAsync(session, photo, now);
        await PhotoSteps.EndedAsync(session, photo, nameof(CompleteImage), null, now);
        var state = (await PhotoTable.FindAsync(session, photo))!.State;
        if (state == PhotoState.Processed)
            await Notifications.AddAsync(session, NotificationKind.Completed, photo, "Processed.", now);
        await outbox.SendAsync(session, new PhotoProcessed(photo));
        return state;
    }

    private static bool IsMoved(MediaKey file) => file.Value.StartsWith("processed/", StringComparison.Ordinal);
}
