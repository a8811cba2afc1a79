using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table photos.</summary>
internal static class PhotoTable
{
    /// <returns>False if the photo exists already.</returns>
    public static async Task<bool> AddAsync(Session session, NewPhoto photo, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, uploader_id, client_id, received_at)
            VALUES (@Id, @Group, @SourceId, 'unprocessed', @Media, @FileName, @Uploader, @Client, @now)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                photo.Id,
                photo.Group,
                photo.SourceId,
                photo.Media,
                photo.FileName,
                photo.Uploader,
                photo.Client,
                now = now.ToUnixTimeMilliseconds(),
            }) > 0;

    public static Task<PhotoRow?> FindAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<PhotoRow>(
            "SELECT id, group_id, state, media, file_name, turn, width, height, error, uploader_id, client_id FROM photos WHERE id = @photo", new { photo });

    /// <summary>Marks the photo as being processed.</summary>
    /// <returns>False if processing began before or the photo is gone.</returns>
    public static async Task<bool> BeginAsync(Session session, PhotoId photo) =>
        await session.ExecuteAsync("UPDATE photos SET state = 'processing' WHERE id = @photo AND state = 'unprocessed'", new { photo }) > 0;

    /// <summary>Records the size and hash of the decoded photo and how it was turned, once.</summary>
    /// <param name="hash">Perceptual hash; similar pictures differ in few bits.</param>
    /// <returns>False if it was recorded before or the photo has ended meanwhile.</returns>
    public static async Task<bool> MeasureAsync(Session session, PhotoId photo, QuarterTurn turn, int width, int height, long hash) =>
        await session.ExecuteAsync(
            "UPDATE photos SET turn = @turn, width = @width, height = @height, perceptual_hash = @hash WHERE id = @photo AND state = 'processing' AND width IS NULL",
            new { photo, turn = turn.Quarters, width, height, hash }) > 0;

    /// <summary>Records that some faces could not be matched; processing continues with the others.</summary>
    /// <returns>False if the photo is not being processed any more.</returns>
    public static async Task<bool> DegradeAsync(Session session, PhotoId photo) =>
        await session.ExecuteAsync("UPDATE photos SET state = 'degraded' WHERE id = @photo AND state = 'processing'", new { photo }) > 0;

    /// <summary>Marks the photo as processed, unless it is degraded, and replaces its file by the copy.</summary>
    /// <returns>False if that was done before or the photo has ended otherwise.</returns>
    public static async Task<bool> CompleteAsync(Session session, PhotoId photo, MediaKey file, MediaKey copy, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE photos SET state = CASE state WHEN 'processing' THEN 'processed' ELSE state END, media = @copy, decided_at = @now
            WHERE id = @photo AND media = @file AND decided_at IS NULL AND state IN ('processing', 'degraded')
            """,
            new { photo, file, copy, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Sets the number of faces that must be decided before the photo is distributed.</summary>
    /// <returns>False if it was set before or the photo is gone.</returns>
    public static async Task<bool> ExpectAsync(Session session, PhotoId photo, int faces) =>
        await session.ExecuteAsync(
            "UPDATE photos SET faces = @faces WHERE id = @photo AND faces IS NULL AND state IN ('processed', 'degraded')", new { photo, faces }) > 0;

    /// <summary>Opens the distribution gate once the last face is decided.</summary>
    /// <returns>True for the one call that opens it.</returns>
    public static async Task<bool> OpenGateAsync(Session session, PhotoId photo, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE photos SET gate_opened_at = @now
            WHERE id = @photo AND gate_opened_at IS NULL AND state IN ('processed', 'degraded')
                AND faces = (SELECT COUNT(*) FROM faces f WHERE f.photo_id = @photo AND f.decided_at IS NOT NULL)
            """,
            new { photo, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Records that the recipients of the photo are decided.</summary>
    /// <returns>False if they were decided before or the photo is gone.</returns>
    public static async Task<bool> DistributedAsync(Session session, PhotoId photo, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE photos SET distributed_at = @now WHERE id = @photo AND distributed_at IS NULL",
            new { photo, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Marks the photo as failed: it cannot be processed or distributed. Earlier decisions and deliveries stay.</summary>
    /// <param name="error">A sentence for the sender.</param>
    /// <returns>False if it has ended already.</returns>
    public static async Task<bool> FailAsync(Session session, PhotoId photo, string error, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE photos SET state = 'failed', error = @error, decided_at = COALESCE(decided_at, @now)
            WHERE id = @photo AND distributed_at IS NULL AND state IN ('unprocessed', 'processing', 'processed', 'degraded')
            """,
            new { photo, error, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Marks the photo as withdrawn by its author: nobody may see it from now on.</summary>
    /// <returns>False if there is no such photo, or it is marked already.</returns>
    public static async Task<bool> WithdrawAsync(Session session, PhotoId photo, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE photos SET state = 'erased', error = 'Its author deleted it for everyone.', file_name = '', uploader_id = NULL, decided_at = COALESCE(decided_at, @now)
            WHERE id = @photo AND state <> 'erased'
            """,
            new { photo, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Deletes everything that was found in a withdrawn photo. Its own row stays for a while, without a file, with the deliveries that were made.</summary>
    public static async Task EmptyAsync(Session session, PhotoId photo)
    {
        _ = await DependentRows.GoAsync(session, Subject.Photo, Fate.Erased, photo.Value);
        _ = await DependentRows.GoAsync(session, Subject.Photo, Fate.BegunAgain, photo.Value);
        _ = await session.ExecuteAsync("UPDATE photos SET media = NULL, faces = NULL, perceptual_hash = NULL WHERE id = @photo AND state = 'erased'", new { photo });
    }

    /// <summary>Deletes a photo and all rows that depend on it.</summary>
    public static async Task DeleteAsync(Session session, PhotoId photo)
    {
        var faces = await session.QueryAsync<string>("SELECT id FROM faces WHERE photo_id = @photo", new { photo });
        _ = await DependentRows.GoAsync(session, Subject.Face, Fate.Deleted, faces);
        _ = await DependentRows.GoAsync(session, Subject.Photo, Fate.Deleted, photo.Value);
    }

    /// <summary>The number of the group's photos, received before a time, that are still being recognised.</summary>
    public static Task<int> CountUnderWayAsync(Session session, GroupId group, DateTimeOffset until) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM photos WHERE group_id = @group AND state IN ('unprocessed', 'processing') AND received_at <= @until",
            new { group, until = until.ToUnixTimeMilliseconds() });

    public static Task<IReadOnlyList<PhotoId>> OfGroupAsync(Session session, GroupId group) =>
        session.QueryAsync<PhotoId>("SELECT id FROM photos WHERE group_id = @group", new { group });

    /// <summary>All files that belong to the photo.</summary>
    public static Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, PhotoId photo) =>
        session.QueryAsync<MediaKey>(
            """
            SELECT media FROM photos WHERE id = @photo AND media IS NOT NULL
            UNION SELECT media FROM media_distributions WHERE photo_id = @photo AND media IS NOT NULL
            UNION SELECT rectangle FROM faces WHERE photo_id = @photo AND rectangle IS NOT NULL
            UNION SELECT zoom_in FROM faces WHERE photo_id = @photo AND zoom_in IS NOT NULL
            """,
            new { photo });

    /// <summary>Reduces the number of faces for which the photo waits.</summary>
    public static Task ExpectFewerAsync(Session session, PhotoId photo, int faces) =>
        session.ExecuteAsync("UPDATE photos SET faces = faces - @faces WHERE id = @photo AND faces IS NOT NULL", new { photo, faces });

    /// <summary>Deletes an expired photo that was waiting for its faces if none is left.</summary>
    public static async Task LetGoAsync(Session session, PhotoId photo)
    {
        var waits = await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM photos p WHERE p.id = @photo AND p.expired_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.photo_id = p.id)
                AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.photo_id = p.id)
            """,
            new { photo });
        if (waits > 0)
            await DeleteAsync(session, photo);
    }

    /// <summary>
    /// SQL: expired photos. An undelivered photo expires some time after it was received, a delivered one after its last delivery. No photo
    /// is delivered before it is received, so the index excludes photos younger than @oldest.
    /// </summary>
    internal const string Due =
        $"""
        SELECT p.id FROM photos p WHERE p.received_at <= @oldest AND p.expired_at IS NULL AND ((
            p.received_at <= @received
            AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('pending', 'sending') AND d.held_at IS NULL)
            AND (p.distributed_at IS NULL OR NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.{Rules.PhotoIsReceived}))
        ) OR (
            p.distributed_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('pending', 'sending') AND d.held_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = p.id AND d.held_at IS NOT NULL AND d.created_at > @received)
            AND (SELECT MAX(d.sent_at) FROM media_distributions d WHERE d.photo_id = p.id) <= @delivered))
        """;

    /// <summary>The expired photos.</summary>
    /// <param name="received">Cutoff for undelivered photos: received before this.</param>
    /// <param name="delivered">Cutoff for delivered photos: last delivered before this.</param>
    public static Task<IReadOnlyList<PhotoId>> DueAsync(Session session, DateTimeOffset received, DateTimeOffset delivered) =>
        session.QueryAsync<PhotoId>(
            Due,
            new
            {
                received = received.ToUnixTimeMilliseconds(),
                delivered = delivered.ToUnixTimeMilliseconds(),
                oldest = (received > delivered ? received : delivered).ToUnixTimeMilliseconds(),
            });

    /// <summary>The photo's own file and the pictures made from it for sending.</summary>
    public static Task<IReadOnlyList<MediaKey>> WholeFilesAsync(Session session, PhotoId photo) =>
        session.QueryAsync<MediaKey>(
            """
            SELECT media FROM photos WHERE id = @photo AND media IS NOT NULL
            UNION SELECT media FROM media_distributions WHERE photo_id = @photo AND media IS NOT NULL
            """,
            new { photo });

    /// <summary>Marks the photo as expired; the row stays for its unknown faces.</summary>
    public static async Task ExpireAsync(Session session, PhotoId photo, DateTimeOffset now)
    {
        _ = await DependentRows.GoAsync(session, Subject.Photo, Fate.Expired, photo.Value);
        _ = await session.ExecuteAsync(
            "UPDATE photos SET media = NULL, file_name = '', uploader_id = NULL, expired_at = @at WHERE id = @photo",
            new { photo, at = now.ToUnixTimeMilliseconds() });
        await LetGoAsync(session, photo);
    }

    /// <summary>Whether all faces of the photo were decided, so that it was distributed.</summary>
    public static async Task<bool> WasDecidedAsync(Session session, PhotoId photo) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM photos WHERE id = @photo AND (gate_opened_at IS NOT NULL OR distributed_at IS NOT NULL)", new { photo }) > 0;

    /// <summary>The photos of faces, oldest first.</summary>
    public static Task<IReadOnlyList<PhotoId>> OfFacesAsync(Session session, IEnumerable<FaceId> faces) =>
        session.QueryAsync<PhotoId>(
            "SELECT DISTINCT p.id, p.received_at FROM faces f JOIN photos p ON p.id = f.photo_id WHERE f.id IN @ids ORDER BY p.received_at, p.id",
            new { ids = faces.Select(face => face.Value) });

    /// <summary>Distributed photos that show a person and still exist.</summary>
    public static Task<IReadOnlyList<PhotoId>> DistributedWithAsync(Session session, PersonId person) =>
        session.QueryAsync<PhotoId>(
            $"""
            SELECT DISTINCT f.photo_id FROM faces f JOIN photos p ON p.id = f.photo_id AND p.media IS NOT NULL AND p.distributed_at IS NOT NULL
            WHERE f.person_id = @person AND f.{Rules.FaceIsNamed} AND p.state IN ('processed', 'degraded') ORDER BY f.photo_id
            """,
            new { person });

    /// <summary>Whether faces of a distributed photo may still be named.</summary>
    public static async Task<bool> IsKeptAsync(Session session, PhotoId photo) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"""
            SELECT COUNT(*) FROM photos p JOIN groups g ON g.id = p.group_id AND g.{Rules.GroupIsActive}
            WHERE p.id = @photo AND p.state IN ('processed', 'degraded') AND p.expired_at IS NULL AND p.media IS NOT NULL AND p.gate_opened_at IS NOT NULL
            """,
            new { photo }) > 0;

    /// <summary>Closes the gate again: after the last face is decided, the photo may go to further parents.</summary>
    public static Task CloseGateAsync(Session session, PhotoId photo) =>
        session.ExecuteAsync(
            "UPDATE photos SET gate_opened_at = NULL, distributed_at = NULL WHERE id = @photo AND state IN ('processed', 'degraded')", new { photo });
}

/// <param name="Media">Null: the file was refused and is not stored.</param>
internal sealed record NewPhoto(PhotoId Id, GroupId Group, string SourceId, MediaKey? Media, string FileName)
{
    /// <summary>The participant who posted it; null if unknown.</summary>
    public ParticipantId? Uploader { get; init; }

    /// <summary>The station that uploaded it; null for a chat.</summary>
    public ClientId? Client { get; init; }
}

internal sealed record PhotoRow
{
    public PhotoId Id { get; init; }

    public GroupId GroupId { get; init; }

    public PhotoState State { get; init; }

    public MediaKey? Media { get; init; }

    public string FileName { get; init; } = "";

    /// <summary>Quarters of a circle by which the decoded photo must be turned.</summary>
    public int Turn { get; init; }

    public QuarterTurn ToUpright => new(Turn);

    /// <summary>Pixels of the upright photo; null before face detection.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? Error { get; init; }

    public ParticipantId? UploaderId { get; init; }

    public string? ClientId { get; init; }
}
