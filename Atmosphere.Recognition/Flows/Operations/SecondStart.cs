using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>Lets a photo that failed, or whose faces could not all be matched, begin again as if it had just come in.</summary>
internal sealed class SecondStart(Database database, IMediaStore media, LeavingClusters clusters, TimeProvider clock)
{
    // Everything that the pipeline learns of a photo. Deliveries are no such thing: whoever has the photo does not get it again.
    private static readonly string[] _learned =
        ["faces", "candidates", "searches", "embeddings", "bounding_boxes", "exif", "photo_steps", "sync_points", "notifications"];

    /// <summary>Looks whether it can begin again. Its file stays where it is.</summary>
    /// <exception cref="ReplayRefusedException">There is no such photo, it needs no second start, something of it is still under way, or its file is gone.</exception>
    public async Task<Effects> PlanAsync(PhotoId photo, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(session => FindAsync(session, photo), cancellation)
            ?? throw new ReplayRefusedException($"There is no photo '{photo}'; its time to live may be over. 'photos list' prints those that are there.");
        if (row.State is not (PhotoState.Failed or PhotoState.Degraded))
            throw new ReplayRefusedException($"Photo {photo} is {row.State.ToString().ToLowerInvariant()}; only failed and degraded photos begin again.");
        if (row.Open > 0)
            throw StillSent(photo);
        if (row.Media is not { } file || !await media.ExistsAsync(file, cancellation))
            throw new ReplayRefusedException($"The file of photo {photo} is gone, so it cannot begin again. Ask the sender to send it once more.");
        return new Effects().Change((session, outbox) => BeginAsync(session, outbox, photo, file));
    }

    private static Task<Row?> FindAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT state, media, (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = photos.id AND d.state IN ('pending', 'sending')) AS open
            FROM photos WHERE id = @photo
            """,
            new { photo });

    private async Task BeginAsync(Session session, IOutbox outbox, PhotoId photo, MediaKey file)
    {
        await RefuseWhatIsUnderWayAsync(session, photo);
        var begun = await session.ExecuteAsync(
            """
            UPDATE photos SET state = 'unprocessed', error = NULL, width = NULL, height = NULL, faces = NULL,
                decided_at = NULL, distributed_at = NULL, gate_opened_at = NULL
            WHERE id = @photo AND media = @file AND state IN ('failed', 'degraded')
            """,
            new { photo, file });
        if (begun == 0)
            throw new ReplayRefusedException($"Photo {photo} changed meanwhile. Look at it with 'photos show {photo}'.");

        var faces = await session.QueryAsync<FaceId>("SELECT face_id FROM cluster_faces WHERE photo_id = @photo", new { photo });
        if (faces.Count > 0)
            await clusters.LeaveAsync(session, faces, clock.GetUtcNow());
        await CarriedTags.KeepAsync(session, photo);
        _ = await session.ExecuteAsync("DELETE FROM question_faces WHERE face_id IN (SELECT id FROM faces WHERE photo_id = @photo)", new { photo });
        foreach (var table in _learned)
            _ = await session.ExecuteAsync($"DELETE FROM {table} WHERE photo_id = @photo", new { photo });
        _ = await session.ExecuteAsync("DELETE FROM image_table WHERE row = @photo", new { photo });

        // Nobody was asked to send these: whether there is consent is for the new faces to say.
        _ = await session.ExecuteAsync("DELETE FROM media_distributions WHERE photo_id = @photo AND state = 'withheld'", new { photo });
        await outbox.SendAsync(session, new RecognisePhoto(photo));
    }

    /// <summary>Looks in the transaction that begins: what is on its way needs the faces that are about to go.</summary>
    private static async Task RefuseWhatIsUnderWayAsync(Session session, PhotoId photo)
    {
        if (await FindAsync(session, photo) is { Open: > 0 })
            throw StillSent(photo);
        var waiting = await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM messages WHERE body LIKE @mention", new { mention = $"%\"{photo}\"%" });
        if (waiting > 0)
            throw new ReplayRefusedException($"Photo {photo} is still in the queues ({waiting} messages). Let the server handle them, then try again.");
    }

    private static ReplayRefusedException StillSent(PhotoId photo) =>
        new($"Photo {photo} is still being sent to somebody. Let the server finish, then try again; 'photos show {photo}' prints its deliveries.");

    private sealed record Row
    {
        public PhotoState State { get; init; }

        public MediaKey? Media { get; init; }

        /// <summary>Deliveries that have not ended.</summary>
        public int Open { get; init; }
    }
}
