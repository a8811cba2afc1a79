using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>
/// When a box gave up a face, it refused it, and the photo went to the parents without it. A face whose message is replayed is open again, and
/// so is the photo: the parents who did not get it may be those of this face.
/// </summary>
internal sealed class FacesOpenAgain(Database database, SecondStart secondStart) : IBeforeReplay
{
    public async Task<ReplayPlan?> PlanAsync(IMessage message, StepRow step, CancellationToken cancellation)
    {
        if (Refused(message, step) is not var (photo, face))
            return null;

        var row = await database.ReadAsync(
            session => session.QuerySingleOrDefaultAsync<Row>(
                """
                SELECT p.state, p.expired_at, f.verdict, (SELECT COUNT(*) FROM bounding_boxes b WHERE b.face_id = @face) AS boxes
                FROM photos p LEFT JOIN faces f ON f.id = @face WHERE p.id = @photo
                """,
                new { photo, face }),
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
        var reopened = await session.ExecuteAsync(
            step.Step == "StoreSql"
                ? "DELETE FROM faces WHERE id = @face AND verdict = 'refused'"
                : "UPDATE faces SET verdict = 'undecided', person_id = NULL, similarity = NULL, decided_at = NULL WHERE id = @face AND verdict = 'refused'",
            new { face });
        if (reopened == 0)
            return;

        _ = await session.ExecuteAsync(
            "UPDATE photos SET gate_opened_at = NULL, distributed_at = NULL WHERE id = @photo AND state IN ('processed', 'degraded')", new { photo });
        _ = await session.ExecuteAsync(
            """
            DELETE FROM photo_steps WHERE photo_id = @photo AND step = @Step AND outcome = 'failed'
                AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.photo_id = @photo AND f.verdict = 'refused')
            """,
            new { photo, step.Step });
    }

    private sealed record Row
    {
        public string State { get; init; } = "";

        public long? ExpiredAt { get; init; }

        public string? Verdict { get; init; }

        public long Boxes { get; init; }
    }
}
