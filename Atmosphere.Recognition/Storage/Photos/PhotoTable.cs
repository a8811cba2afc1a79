using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of photos.</summary>
internal static class PhotoTable
{
    /// <returns>False where the photo is there already.</returns>
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
            "SELECT id, group_id, state, media, file_name, width, height, error, uploader_id, client_id FROM photos WHERE id = @photo", new { photo });

    /// <summary>The photo is being looked at from now on.</summary>
    /// <returns>False where that began before, or the photo is gone.</returns>
    public static async Task<bool> BeginAsync(Session session, PhotoId photo) =>
        await session.ExecuteAsync("UPDATE photos SET state = 'processing' WHERE id = @photo AND state = 'unprocessed'", new { photo }) > 0;

    /// <summary>The photo was decoded and its faces were looked for, once.</summary>
    /// <param name="hash">Of the whole picture; nearly equal ones differ in few bits.</param>
    /// <returns>False where that was known, or the photo has ended meanwhile.</returns>
    public static async Task<bool> MeasureAsync(Session session, PhotoId photo, int width, int height, long hash) =>
        await session.ExecuteAsync(
            "UPDATE photos SET width = @width, height = @height, perceptual_hash = @hash WHERE id = @photo AND state = 'processing' AND width IS NULL",
            new { photo, width, height, hash }) > 0;

    /// <summary>Some of the photo's faces could not be matched; it goes on with the others.</summary>
    /// <returns>False where the photo is not being looked at any more.</returns>
    public static async Task<bool> DegradeAsync(Session session, PhotoId photo) =>
        await session.ExecuteAsync("UPDATE photos SET state = 'degraded' WHERE id = @photo AND state = 'processing'", new { photo }) > 0;

    /// <summary>The photo is processed, or stays degraded, and from here on its file is the copy.</summary>
    /// <returns>False where that is so already, or the photo has ended otherwise.</returns>
    public static async Task<bool> CompleteAsync(Session session, PhotoId photo, MediaKey file, MediaKey copy, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE photos SET state = CASE state WHEN 'processing' THEN 'processed' ELSE state END, media = @copy, decided_at = @now
            WHERE id = @photo AND media = @file AND decided_at IS NULL AND state IN ('processing', 'degraded')
            """,
            new { photo, file, copy, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>So many faces are to be decided before the photo can be distributed.</summary>
    /// <returns>False where that is known already, or the photo is gone.</returns>
    public static async Task<bool> ExpectAsync(Session session, PhotoId photo, int faces) =>
        await session.ExecuteAsync(
            "UPDATE photos SET faces = @faces WHERE id = @photo AND faces IS NULL AND state IN ('processed', 'degraded')", new { photo, faces }) > 0;

    /// <summary>The gate to the parents opens when the last face is decided, once.</summary>
    /// <returns>True for the one call that opens it.</returns>
    public static async Task<bool> OpenGateAsync(Session session, PhotoId photo, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE photos SET gate_opened_at = @now
            WHERE id = @photo AND gate_opened_at IS NULL AND state IN ('processed', 'degraded')
                AND faces = (SELECT COUNT(*) FROM faces f WHERE f.photo_id = @photo AND f.decided_at IS NOT NULL)
            """,
            new { photo, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>It is decided who gets the photo.</summary>
    /// <returns>False where that was decided before, or the photo is gone.</returns>
    public static async Task<bool> DistributedAsync(Session session, PhotoId photo, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE photos SET distributed_at = @now WHERE id = @photo AND distributed_at IS NULL",
            new { photo, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The photo cannot be looked at, or it cannot be decided who gets it. What is decided and distributed stays as it is.</summary>
    /// <param name="error">A sentence for the sender.</param>
    /// <returns>False where it has ended already.</returns>
    public static async Task<bool> FailAsync(Session session, PhotoId photo, string error, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE photos SET state = 'failed', error = @error, decided_at = COALESCE(decided_at, @now)
            WHERE id = @photo AND distributed_at IS NULL AND state IN ('unprocessed', 'processing', 'processed', 'degraded')
            """,
            new { photo, error, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Deletes a photo with everything that hangs on it.</summary>
    public static async Task DeleteAsync(Session session, PhotoId photo)
    {
        var faces = await session.QueryAsync<string>("SELECT id FROM faces WHERE photo_id = @photo", new { photo });
        _ = await Dependents.GoAsync(session, Subject.Face, Fate.Deleted, faces);
        _ = await Dependents.GoAsync(session, Subject.Photo, Fate.Deleted, photo.Value);
    }
}

internal sealed record NewPhoto(PhotoId Id, GroupId Group, string SourceId, MediaKey Media, string FileName)
{
    /// <summary>The participant who posted it, where one is known.</summary>
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

    /// <summary>Pixels of the upright photo; null until its faces were looked for.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? Error { get; init; }

    public ParticipantId? UploaderId { get; init; }

    public string? ClientId { get; init; }
}
