using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>
/// A step that gave up a face refused it, and the photo was distributed without it. Replaying the step's message reopens the face and the
/// photo, because further parents may have to get it.
/// </summary>
internal sealed class ReopenFaces(Database database, RestartPhoto secondStart) : IBeforeReplay
{
    public async Task<ReplayPlan?> PlanAsync(IMessage message, StepRow step, CancellationToken cancellation)
    {
        if (Refused(message, step) is not var (photo, face))
            return null;

        var row = await database.ReadAsync(
            session => FaceTable.RefusedAsync(session, photo, face),
            cancellation);
        if (row is not { ExpiredAt: null, Boxes: > 0 })
            throw new ReplayRefusedException($"Photo {photo} or its face {face} is gone; the time to live may be over. It would have no effect: drop it.");
        if (row.State == "failed")
            return new ReplayPlan(await secondStart.PlanAsync(photo, cancellation), Instead: true);
        return row.Verdict == "refused"
            ? new ReplayPlan(new Effects().Change(session => ReopenAsync(session, photo, face, step)), Instead: false)
            : null;
    }

    // Only steps that refuse a face when they give up; other steps get copies of the same messages.
    private static (PhotoId Photo, FaceId Face)? Refused(IMessage message, StepRow step) => message switch
    {
        FaceFound found when step.Step == "StoreSql" => (found.Photo, found.Face),
        FaceStored stored when step.Step == "IdentifyFace" => (stored.Photo, stored.Face),
        FaceIdentified identified when step.Step == "FinalizeIdentified" => (identified.Photo, identified.Face),
        _ => null,
    };

    private static async Task ReopenAsync(Session session, PhotoId photo, FaceId face, StepRow step)
    {
        // The record that StoreSql could not create is created again: its message is sent on only when the record is created.
        var reopened = await FaceTable.ReopenAsync(session, face, anew: step.Step == "StoreSql");
        if (!reopened)
            return;

        await PhotoTable.CloseGateAsync(session, photo);
        await PhotoSteps.ReopenAsync(session, photo, step.Step);
    }
}
