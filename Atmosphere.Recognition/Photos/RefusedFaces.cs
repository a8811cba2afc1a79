using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Photos;

/// <summary>
/// Marks a face as refused after a step gave it up. The photo must not wait for it, and an error must not count as "nobody".
/// </summary>
internal static class RefusedFaces
{
    /// <param name="step">The step.</param>
    public static Effects Refuse(PhotoId photo, FaceId face, string step, Exception reason, TimeProvider clock) =>
        new Effects().Change(async (session, outbox) =>
        {
            var now = clock.GetUtcNow();
            if (!await FaceTable.DecideAsync(session, face, null, null, FaceTable.Refused, now))
                return;

            await PhotoSteps.EndedAsync(session, photo, step, $"{step} gave up a face.", now);
            await Notifications.AddAsync(session, NotificationKind.FaceRefused, photo, $"{step} gave up a face: {reason.Message}", now);
            await DistributionGate.DecidedAsync(session, outbox, photo, FaceTable.Refused, now);
        });
}
