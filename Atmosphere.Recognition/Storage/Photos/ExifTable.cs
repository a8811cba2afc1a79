using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of exif.</summary>
internal static class ExifTable
{
    /// <summary>Whether the photo is still there, and was not given up.</summary>
    public static async Task<bool> WantedAsync(Session session, PhotoId photo) => await KeepsGpsAsync(session, photo) is not null;

    /// <summary>Writes what was read, once; where it was taken only if the group keeps that.</summary>
    /// <returns>False where the photo is gone or was given up; then nothing is written.</returns>
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

/// <summary>What a camera wrote into a photo.</summary>
/// <param name="TakenAt">yyyy-MM-ddTHH:mm:ss by the camera's clock.</param>
/// <param name="UtcOffset">Such as +02:00; null where the camera did not say.</param>
/// <param name="Latitude">Degrees, north positive.</param>
/// <param name="Longitude">Degrees, east positive.</param>
internal sealed record ExifRow(string? Camera, string? TakenAt, string? UtcOffset, double? Latitude, double? Longitude);
