using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Pipeline;

/// <summary>Reads a photo's EXIF data. Whatever the result, the photo continues.</summary>
internal sealed class ExtractExif(Database database, IMediaStore media, PhotoDecoder decoder, TimeProvider clock, ILogger<ExtractExif> log)
    : IStep<ExtractPhotoExif>, IOnExhausted<ExtractPhotoExif>
{
    // A refusal is logged and stored, and must not contain the sender's name for the photo.
    private const string Name = "The photo";

    public async Task<Effects> HandleAsync(ExtractPhotoExif message, CancellationToken cancellation)
    {
        var photo = await database.ReadAsync(session => PhotoTable.FindAsync(session, message.Photo), cancellation);
        if (photo is not { State: not (PhotoState.Failed or PhotoState.Erased), Media: { } file })
            return Arrive(message);

        try
        {
            var exif = decoder.ReadExif(await media.GetAsync(file, cancellation), Name);
            return new Effects().Change((session, outbox) => KeepAsync(session, outbox, message.Photo, exif));
        }
        catch (MediaNotFoundException)
        {
            return Arrive(message);
        }
        catch (PhotoRefusedException refusal)
        {
            // The same bytes are refused again: no retry helps. The step that needs the pixels tells the sender.
            return Exhausted(message, refusal);
        }
    }

    public Effects Exhausted(ExtractPhotoExif message, Exception reason)
    {
        log.LogWarning("Photo {Photo} goes on without its EXIF: {Reason}", message.Photo, reason.Message);
        return new Effects().Change((session, outbox) => GiveUpAsync(session, outbox, message.Photo, reason.Message));
    }

    private Effects Arrive(ExtractPhotoExif message) =>
        new Effects().Change((session, outbox) => SyncPoint.ArriveAsync(session, outbox, message.Photo, Branch.Exif, clock.GetUtcNow()));

    private async Task KeepAsync(Session session, IOutbox outbox, PhotoId photo, PhotoExif exif)
    {
        var now = clock.GetUtcNow();
        if (await ExifTable.AddAsync(session, photo, new ExifRow(exif.Camera, exif.TakenAt, exif.UtcOffset, exif.Latitude, exif.Longitude)))
            await PhotoSteps.EndedAsync(session, photo, nameof(ExtractExif), null, now);
        await SyncPoint.ArriveAsync(session, outbox, photo, Branch.Exif, now);
    }

    private async Task GiveUpAsync(Session session, IOutbox outbox, PhotoId photo, string reason)
    {
        var now = clock.GetUtcNow();
        if (await ExifTable.WantedAsync(session, photo))
        {
            await PhotoSteps.EndedAsync(session, photo, nameof(ExtractExif), $"{nameof(ExtractExif)} gave up.", now);
            await Notifications.AddAsync(session, NotificationKind.ExifFailed, photo, $"The photo goes on without its EXIF: {reason}", now);
        }

        await SyncPoint.ArriveAsync(session, outbox, photo, Branch.Exif, now);
    }
}
