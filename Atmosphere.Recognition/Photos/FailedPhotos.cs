using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Photos;

/// <summary>The one way in which a photo fails: nothing waits for it any more, operators know, and its uploader is told.</summary>
internal sealed class FailedPhotos(TimeProvider clock, ILogger<FailedPhotos> log)
{
    // What went wrong inside is for operators: neither a parent nor a station can do anything with it.
    private const string NotLookedAt = "The photo could not be looked at. Whoever runs this service has been told; it can also be sent again.";

    /// <summary>The file itself is bad: no attempt would help, and only its sender can do something about it.</summary>
    /// <param name="step">The box that found out.</param>
    /// <param name="reason">Its message is a sentence for the sender.</param>
    public Effects Refused(PhotoId photo, string step, Exception reason)
    {
        // The sentence for the sender names the file as the sender does; what operators read names only the kind.
        var refusal = (reason as PhotoRefusedException)?.Refusal.ToString();
        return End(photo, step, NotificationKind.Refused, reason.Message, $"Refused: {refusal ?? "the file is gone"}.", refusal);
    }

    /// <summary>A box gave up.</summary>
    public Effects Failed(PhotoId photo, string step, Exception reason) =>
        End(photo, step, NotificationKind.Failed, NotLookedAt, $"{step} gave up: {reason.Message}");

    /// <summary>Not even the beginning was possible.</summary>
    public Effects NotStarted(PhotoId photo, string step, Exception reason) =>
        End(photo, step, NotificationKind.NotStarted, NotLookedAt, $"{step} could not begin: {reason.Message}");

    private Effects End(PhotoId photo, string step, NotificationKind kind, string error, string notice, string? refusal = null) =>
        new Effects().Change(async (session, outbox) =>
        {
            var now = clock.GetUtcNow();
            if (!await PhotoTable.FailAsync(session, photo, error, now))
                return;

            session.AfterCommit(() =>
            {
                Telemetry.PhotoEnded(PhotoState.Failed);
                log.LogWarning("Photo {Photo} failed. {Notice}", photo, notice);
            });
            await SyncPoints.CloseAsync(session, photo, now);
            await PhotoSteps.EndedAsync(session, photo, step, kind == NotificationKind.Refused ? notice : $"{step} gave up.", now);
            await Notifications.AddAsync(session, kind, photo, notice, now);
            if ((await PhotoTable.FindAsync(session, photo))?.UploaderId is not null)
                await outbox.SendAsync(session, new PhotoFailed(photo, refusal));
        });
}
