using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>
/// A pipeline step that gave up a message marked the photo as failed or degraded, and no step processes such a photo. So the replay
/// restarts the whole photo instead of sending the message. A delivery that was given up is reopened.
/// </summary>
internal sealed class RestartBeforeReplay(Database database, RestartPhoto secondStart) : IBeforeReplay
{
    public async Task<ReplayPlan?> PlanAsync(IMessage message, StepRow step, CancellationToken cancellation)
    {
        if (message is SendMedia { Delivery: var delivery })
            return new ReplayPlan(new Effects().Change(session => DistributionTable.ReopenFailedAsync(session, delivery)), Instead: false);
        if (PhotoOf(message) is not { } photo)
            return null;

        var state = await database.ReadAsync(
            async session => (await PhotoTable.FindAsync(session, photo))?.State, cancellation);
        return state == PhotoState.Failed || (state == PhotoState.Degraded && message is MatchPhotoFaces)
            ? new ReplayPlan(await secondStart.PlanAsync(photo, cancellation), Instead: true)
            : null;
    }

    private static PhotoId? PhotoOf(IMessage message) => message switch
    {
        GroupMessageReceived { Media: var media } => media.PhotoId(),
        RecognisePhoto { Photo: var photo } => photo,
        DetectPhotoFaces { Photo: var photo } => photo,
        EmbedPhotoFaces { Photo: var photo } => photo,
        MatchPhotoFaces { Photo: var photo } => photo,
        CompletePhoto { Photo: var photo } => photo,
        PhotoProcessed { Photo: var photo } => photo,
        DistributePhoto { Photo: var photo } => photo,
        _ => null,
    };
}
