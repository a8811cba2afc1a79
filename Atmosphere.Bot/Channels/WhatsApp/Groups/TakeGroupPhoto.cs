using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>
/// Downloads a photo of a linked group from its carrier and passes it to the flow of group photos. The download happens at once, because
/// carriers keep files only for minutes; the flow then waits for the group's rate limit.
/// </summary>
internal sealed class TakeGroupPhoto(
    Database database, IEnumerable<IGroupCarrier> carriers, GroupPhotos photos, IOptions<GroupOptions> options, TimeProvider clock, ILogger<TakeGroupPhoto> log)
    : IStep<GroupPhotoPosted>, IOnExhausted<GroupPhotoPosted>
{
    // The file name of a caption may contain people's names, and is not needed.
    private const string FileName = "Your photo";

    public async Task<Effects> HandleAsync(GroupPhotoPosted message, CancellationToken cancellation)
    {
        var done = Effects.None.Change(session => GroupFileTable.RemoveAsync(session, message.File));
        if (await database.ReadAsync(session => GroupFiles.FindAsync(session, message.File), cancellation) is not { } file
            || await photos.FindAsync(file.Group, file.Source, cancellation) is not null)
        {
            return done;
        }

        try
        {
            var bytes = await carriers.Single(carrier => carrier.Channel == file.Channel).FetchAsync(file.File, cancellation);
            if (!StickerFile.Is(bytes))
                _ = await photos.ReceiveAsync(file.Group, file.Source, FileName, bytes, cancellation, file.Uploader, await DelayAsync(message, file, cancellation), file.File.ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase));
        }
        catch (FileUnavailableException gone)
        {
            log.LogWarning("A photo of group {Group} is lost: {Reason}", file.Group, gone.Message);
            done.Change(session => GroupNotifications.PhotoLostAsync(session, message.File, file.Group, gone.Message, clock.GetUtcNow()));
        }
        catch (Exception error) when (error is PhotoRefusedException or UnknownGroupException)
        {
            log.LogWarning("A photo of group {Group} is not taken: {Reason}", file.Group, error.Message);
        }

        return done;
    }

    /// <summary>The row is kept as long as the message may be replayed.</summary>
    public Effects Exhausted(GroupPhotoPosted message, Exception reason) => Effects.None.Change(async session =>
    {
        if (await GroupFiles.FindAsync(session, message.File) is { } file)
        {
            var sentence = reason is HttpRequestException or TryLaterException ? reason.Message : $"it failed ({reason.GetType().Name}).";
            await GroupNotifications.PhotoLostAsync(session, message.File, file.Group, sentence, clock.GetUtcNow());
        }
    });

    private async Task<TimeSpan> DelayAsync(GroupPhotoPosted message, GroupFile file, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (message.NotBefore > now)
            return message.NotBefore - now;
        return await database.WriteAsync(session => GroupPaces.NextAsync(session, file.Group, options.Value.PhotosPerHour, now), cancellation);
    }
}
