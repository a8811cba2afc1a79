using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>Photos that operators process again.</summary>
internal static class RepeatedPhotos
{
    /// <summary>Resets the photo to be processed again.</summary>
    /// <returns>False if it changed meanwhile.</returns>
    public static async Task<bool> BeginAgainAsync(Session session, PhotoId photo, MediaKey file) =>
        await session.ExecuteAsync(
            """
            UPDATE photos SET state = 'unprocessed', error = NULL, width = NULL, height = NULL, faces = NULL,
                decided_at = NULL, distributed_at = NULL, gate_opened_at = NULL
            WHERE id = @photo AND media = @file AND state IN ('failed', 'degraded')
            """,
            new { photo, file }) > 0;

    /// <returns>Null if there is none.</returns>
    public static Task<PhotoToRetry?> ToRetryAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<PhotoToRetry>(
            """
            SELECT state, media, (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = photos.id AND d.state IN ('pending', 'sending')) AS open
            FROM photos WHERE id = @photo
            """,
            new { photo });
}

/// <summary>A photo that may be processed again.</summary>
internal sealed record PhotoToRetry
{
    public PhotoState State { get; init; }

    public MediaKey? Media { get; init; }

    /// <summary>Number of deliveries that have not ended.</summary>
    public int Open { get; init; }
}
