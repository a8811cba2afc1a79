using System.Globalization;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table image_table: one flat record per photo.</summary>
internal static class ImageTable
{
    public static DueRows Due { get; } = new("image_table", "received_at <= @before");

    /// <returns>The data to record; null if it is recorded already or the photo was not processed yet.</returns>
    public static Task<ImageRow?> ReadAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<ImageRow>(
            """
            SELECT p.id, p.group_id, p.client_id, p.state, p.faces, p.width, p.height, p.received_at, e.camera, e.taken_at,
                COALESCE(c.time_zone, g.time_zone) AS time_zone
            FROM photos p JOIN groups g ON g.id = p.group_id
            LEFT JOIN clients c ON c.id = p.client_id LEFT JOIN exif e ON e.photo_id = p.id
            WHERE p.id = @photo AND p.width IS NOT NULL AND NOT EXISTS (SELECT 1 FROM image_table t WHERE t.row = p.id)
            """,
            new { photo });

    public static Task<int> PutAsync(Session session, ImageRow photo) =>
        session.ExecuteAsync(
            """
            INSERT INTO image_table (partition, row, group_id, client_id, state, faces, width, height, camera, taken_at, received_at)
            SELECT @Partition, @Id, @GroupId, @ClientId, @State, @Faces, @Width, @Height, @Camera, @TakenAt, @ReceivedAt
            WHERE EXISTS (SELECT 1 FROM photos WHERE id = @Id)
            ON CONFLICT (partition, row) DO NOTHING
            """,
            photo);
}

/// <summary>The record of a photo.</summary>
internal sealed record ImageRow
{
    public PhotoId Id { get; init; }

    public GroupId GroupId { get; init; }

    public string? ClientId { get; init; }

    public string State { get; init; } = "";

    public int Faces { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public long ReceivedAt { get; init; }

    public string? Camera { get; init; }

    public string? TakenAt { get; init; }

    public string TimeZone { get; init; } = "";

    /// <summary>yyyy-MM-dd in the time zone of the station or group.</summary>
    public string Partition
    {
        get
        {
            var zone = TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var found) ? found : TimeZoneInfo.Utc;
            var day = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt), zone);
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }
}
