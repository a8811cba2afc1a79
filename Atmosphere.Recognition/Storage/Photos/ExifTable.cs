using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table exif.</summary>
internal static class ExifTable
{
    /// <summary>Whether the photo still exists and has not failed.</summary>
    public static async Task<bool> WantedAsync(Session session, PhotoId photo) => await KeepsGpsAsync(session, photo) is not null;

    /// <summary>Stores EXIF data once; the place only if the group keeps it.</summary>
    /// <returns>False if the photo is gone or has failed; then nothing is stored.</returns>
    public static async Task<bool> AddAsync(Session session, PhotoId photo, ExifRow exif)
    {
        if (await KeepsGpsAsync(session, photo) is not { } keepsGps)
            return false;

        _ = await session.ExecuteAsync(
            """
            INSERT INTO exif (photo_id, camera, taken_at, utc_offset, latitude, longitude)
            VALUES (@photo, @Camera, @TakenAt, @UtcOffset, @latitude, @longitude)
            ON CONFLICT (photo_id) DO NOTHING
            """,
            new
            {
                photo,
                exif.Camera,
                exif.TakenAt,
                exif.UtcOffset,
                latitude = keepsGps == 1 ? exif.Latitude : null,
                longitude = keepsGps == 1 ? exif.Longitude : null,
            });
        return true;
    }

    private static Task<int?> KeepsGpsAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<int?>(
            """
            SELECT g.keeps_gps FROM photos p JOIN groups g ON g.id = p.group_id
            WHERE p.id = @photo AND p.state NOT IN ('failed', 'erased')
            """,
            new { photo });
}

/// <summary>The EXIF data of a photo.</summary>
/// <param name="TakenAt">yyyy-MM-ddTHH:mm:ss by the camera's clock.</param>
/// <param name="UtcOffset">Such as +02:00; null if unknown.</param>
/// <param name="Latitude">Degrees, north positive.</param>
/// <param name="Longitude">Degrees, east positive.</param>
internal sealed record ExifRow(string? Camera, string? TakenAt, string? UtcOffset, double? Latitude, double? Longitude);
