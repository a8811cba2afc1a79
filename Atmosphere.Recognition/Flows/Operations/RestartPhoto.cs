using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>Restarts a failed or degraded photo as if it had just been received.</summary>
internal sealed class RestartPhoto(Database database, IMediaStore media, LeavingClusters clusters, TimeProvider clock)
{
    /// <summary>Plans the restart. The file stays where it is.</summary>
    /// <exception cref="ReplayRefusedException">No such photo, no restart needed, still in progress, or its file is gone.</exception>
    public async Task<Effects> PlanAsync(PhotoId photo, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(session => RepeatedPhotos.ToRetryAsync(session, photo), cancellation)
            ?? throw new ReplayRefusedException($"There is no photo '{photo}'; its time to live may be over. 'photos list' prints those that are there.");
        if (row.State is not (PhotoState.Failed or PhotoState.Degraded))
            throw new ReplayRefusedException($"Photo {photo} is {row.State.ToString().ToLowerInvariant()}; only failed and degraded photos begin again.");
        if (row.Open > 0)
            throw StillSent(photo);
        if (row.Media is not { } file || !await media.ExistsAsync(file, cancellation))
            throw new ReplayRefusedException($"The file of photo {photo} is gone, so it cannot begin again. Ask the sender to send it once more.");
        return new Effects().Change((session, outbox) => BeginAsync(session, outbox, photo, file));
    }

    private async Task BeginAsync(Session session, IOutbox outbox, PhotoId photo, MediaKey file)
    {
        await RefuseWhatIsUnderWayAsync(session, photo);
        if (!await RepeatedPhotos.BeginAgainAsync(session, photo, file))
            throw new ReplayRefusedException($"Photo {photo} changed meanwhile. Look at it with 'photos show {photo}'.");

        await clusters.LeaveAsync(session, await ClusterTable.OfPhotoAsync(session, photo), clock.GetUtcNow());
        await CarriedTags.KeepAsync(session, photo);
        _ = await DependentRows.GoAsync(session, Subject.Face, Fate.Deleted, [.. (await FaceTable.OfPhotoAsync(session, photo)).Select(face => face.Value)]);
        _ = await DependentRows.GoAsync(session, Subject.Photo, Fate.BegunAgain, photo.Value);
        await DistributionTable.ForgetWithheldAsync(session, photo);
        await outbox.SendAsync(session, new RecognisePhoto(photo));
    }

    /// <summary>Checks in the restart's transaction: deliveries in progress need the faces that would be deleted.</summary>
    private static async Task RefuseWhatIsUnderWayAsync(Session session, PhotoId photo)
    {
        if (await RepeatedPhotos.ToRetryAsync(session, photo) is { Open: > 0 })
            throw StillSent(photo);
        var waiting = await WaitingMessages.CountAboutAsync(session, photo.Value);
        if (waiting > 0)
            throw new ReplayRefusedException($"Photo {photo} is still in the queues ({waiting} messages). Let the server handle them, then try again.");
    }

    private static ReplayRefusedException StillSent(PhotoId photo) =>
        new($"Photo {photo} is still being sent to somebody. Let the server finish, then try again; 'photos show {photo}' prints its deliveries.");
}
