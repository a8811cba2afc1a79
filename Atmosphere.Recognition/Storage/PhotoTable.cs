using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of photos and faces.</summary>
internal static class PhotoTable
{
    public static async Task<bool> GroupExistsAsync(Session session, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT id FROM groups WHERE id = @group", new { group }) is not null;

    /// <returns>False where the photo is there already.</returns>
    public static async Task<bool> AddAsync(Session session, NewPhoto photo, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at)
            VALUES (@Id, @Group, @SourceId, 'unprocessed', @Media, @FileName, @now)
            ON CONFLICT DO NOTHING
            """,
            new { photo.Id, photo.Group, photo.SourceId, photo.Media, photo.FileName, now = now.ToUnixTimeMilliseconds() }) > 0;

    public static Task<PhotoRow?> FindAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<PhotoRow>(
            "SELECT id, group_id, state, media, file_name, error FROM photos WHERE id = @photo", new { photo });

    /// <summary>The photo is being looked at from now on; one that is decided already stays as it is.</summary>
    /// <returns>The photo as it is then.</returns>
    public static async Task<PhotoRow?> BeginAsync(Session session, PhotoId photo)
    {
        _ = await session.ExecuteAsync("UPDATE photos SET state = 'processing' WHERE id = @photo AND state = 'unprocessed'", new { photo });
        return await FindAsync(session, photo);
    }

    /// <summary>Writes the faces of a photo, once. A photo without faces lets go of its file, and nobody gets it.</summary>
    /// <returns>False where the photo is gone or decided already; then nothing is written.</returns>
    public static async Task<bool> DecideAsync(
        Session session, PhotoId photo, int width, int height, IReadOnlyList<StoredFace> faces, DateTimeOffset now)
    {
        var decided = await session.ExecuteAsync(
            """
            UPDATE photos SET state = 'processed', width = @width, height = @height, decided_at = @now,
                media = CASE WHEN @faces = 0 THEN NULL ELSE media END, distributed_at = CASE WHEN @faces = 0 THEN @now ELSE NULL END
            WHERE id = @photo AND state IN ('unprocessed', 'processing')
            """,
            new { photo, width, height, faces = faces.Count, now = now.ToUnixTimeMilliseconds() });
        if (decided == 0)
            return false;

        foreach (var face in faces)
        {
            _ = await session.ExecuteAsync(
                """
                INSERT INTO faces (id, photo_id, x, y, width, height, score, person_id, similarity, verdict)
                VALUES (@Face, @photo, @X, @Y, @Width, @Height, @Score, @Person, @Similarity, @Verdict)
                """,
                new
                {
                    face.Face,
                    photo,
                    face.Box.X,
                    face.Box.Y,
                    face.Box.Width,
                    face.Box.Height,
                    face.Score,
                    face.Person,
                    face.Similarity,
                    face.Verdict,
                });
        }

        return true;
    }

    /// <summary>It is decided who gets the photo.</summary>
    public static Task DistributedAsync(Session session, PhotoId photo, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE photos SET distributed_at = @now WHERE id = @photo AND distributed_at IS NULL",
            new { photo, now = now.ToUnixTimeMilliseconds() });

    /// <summary>The photo cannot be looked at, or it cannot be decided who gets it. What is decided and distributed stays as it is.</summary>
    /// <param name="error">A sentence for the sender.</param>
    public static Task FailAsync(Session session, PhotoId photo, string error, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            UPDATE photos SET state = 'failed', error = @error, decided_at = COALESCE(decided_at, @now)
            WHERE id = @photo AND distributed_at IS NULL AND state IN ('unprocessed', 'processing', 'processed', 'degraded')
            """,
            new { photo, error, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Deletes a photo with its faces and deliveries.</summary>
    public static async Task DeleteAsync(Session session, PhotoId photo)
    {
        _ = await session.ExecuteAsync("DELETE FROM media_distributions WHERE photo_id = @photo", new { photo });
        _ = await session.ExecuteAsync("DELETE FROM faces WHERE photo_id = @photo", new { photo });
        _ = await session.ExecuteAsync("DELETE FROM photos WHERE id = @photo", new { photo });
    }
}

internal sealed record NewPhoto(PhotoId Id, GroupId Group, string SourceId, MediaKey Media, string FileName);

internal sealed record PhotoRow
{
    public PhotoId Id { get; init; }

    public GroupId GroupId { get; init; }

    public PhotoState State { get; init; }

    public MediaKey? Media { get; init; }

    public string FileName { get; init; } = "";

    public string? Error { get; init; }
}

/// <param name="Verdict">named, uncertain or nobody.</param>
internal sealed record StoredFace(FaceId Face, Box Box, float Score, PersonId? Person, float Similarity, string Verdict);
