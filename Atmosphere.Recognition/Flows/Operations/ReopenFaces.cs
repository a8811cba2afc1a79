using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>
/// When a box gave up a face, it refused it, and the photo went to the parents without it. A face whose message is replayed is open again, and
/// so is the photo: the parents who did not get it may be those of this face.
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

    // The boxes that refuse a face when they give up; others share their messages.
    private static (PhotoId Photo, FaceId Face)? Refused(IMessage message, StepRow step) => message switch
    {
        FaceFound found when step.Step == "StoreSql" => (found.Photo, found.Face),
        FaceStored stored when step.Step == "IdentifyFace" => (stored.Photo, stored.Face),
        FaceIdentified identified when step.Step == "FinalizeIdentified" => (identified.Photo, identified.Face),
        _ => null,
    };

    private static async Task ReopenAsync(Session session, PhotoId photo, FaceId face, StepRow step)
    {
        // The record that StoreSql could not make is made once more: its message sends the face on only when it makes it.
        var reopened = await FaceTable.ReopenAsync(session, face, anew: step.Step == "StoreSql");
        if (!reopened)
            return;

        await PhotoTable.CloseGateAsync(session, photo);
        await PhotoSteps.ReopenAsync(session, photo, step.Step);
    }
}
