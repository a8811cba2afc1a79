using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Photos;

/// <summary>Ends a failed photo: nothing waits for it any more, operators are notified, and its uploader is told.</summary>
internal sealed class FailedPhotos(TimeProvider clock, ILogger<FailedPhotos> log)
{
    // Internal errors are for operators; a parent or a station cannot act on them.
    private const string NotLookedAt = "The photo could not be looked at. The operators of this service have been told; you can also send it again.";

    /// <summary>The file itself is bad: no retry helps, only its sender can.</summary>
    /// <param name="step">The step that failed.</param>
    /// <param name="reason">Its message is written for the sender.</param>
    public Effects Refused(PhotoId photo, string step, Exception reason)
    {
        // The message for the sender contains the file's name; the one for operators contains only the kind of refusal.
        var refusal = (reason as PhotoRefusedException)?.Refusal.ToString();
        var remedy = (reason as PhotoRefusedException)?.Remedy is { } text ? $" {text}" : "";
        return End(photo, step, NotificationKind.Refused, reason.Message, $"Refused: {refusal ?? "the file is gone"}.{remedy}", refusal);
    }

    /// <summary>A step gave up.</summary>
    public Effects Failed(PhotoId photo, string step, Exception reason) =>
        End(photo, step, NotificationKind.Failed, NotLookedAt, $"{step} gave up: {reason.Message}");

    /// <summary>Processing could not start.</summary>
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
            if ((await PhotoTable.FindAsync(session, photo))?.UploaderId is not null
                && (refusal is null || await Notifications.IsFirstRefusalOfTheDayAsync(session, photo, now)))
                await outbox.SendAsync(session, new PhotoFailed(photo, refusal));
        });
}
