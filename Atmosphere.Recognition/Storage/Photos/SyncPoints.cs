using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table sync_points: joins the two branches of a photo's pipeline.</summary>
internal static class SyncPoints
{
    /// <summary>Starts the two branches; a repeated call changes nothing.</summary>
    public static Task ForkAsync(Session session, PhotoId photo) =>
        session.ExecuteAsync("INSERT INTO sync_points (photo_id) VALUES (@photo) ON CONFLICT DO NOTHING", new { photo });

    /// <summary>Records the end of a branch.</summary>
    /// <param name="column">exif_at or faces_at.</param>
    /// <returns>True for the one call after which both branches have ended, unless the point is closed or missing.</returns>
    public static async Task<bool> EndBranchAsync(Session session, PhotoId photo, string column, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        _ = await session.ExecuteAsync($"UPDATE sync_points SET {column} = @at WHERE photo_id = @photo AND {column} IS NULL", new { photo, at });
        return await session.ExecuteAsync(
            """
            UPDATE sync_points SET opened_at = @at
            WHERE photo_id = @photo AND exif_at IS NOT NULL AND faces_at IS NOT NULL AND opened_at IS NULL AND closed_at IS NULL
            """,
            new { photo, at }) > 0;
    }

    /// <summary>Closes the sync point: the photo is complete or has failed.</summary>
    public static Task CloseAsync(Session session, PhotoId photo, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE sync_points SET closed_at = @at WHERE photo_id = @photo AND closed_at IS NULL", new { photo, at = now.ToUnixTimeMilliseconds() });
}
