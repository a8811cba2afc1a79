using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Keeps one flat row a photo, by the day on which it came in where it was taken.</summary>
internal sealed class StoreTable(Database database) : IStep<FaceFound>
{
    public async Task<Effects> HandleAsync(FaceFound message, CancellationToken cancellation)
    {
        // Its other faces come by, too.
        var photo = await database.ReadAsync(session => ReadAsync(session, message.Photo), cancellation);
        return photo is null ? Effects.None : new Effects().Change(session => PutAsync(session, photo));
    }

    private static Task<Row?> ReadAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT p.id, p.group_id, p.client_id, p.state, p.faces, p.width, p.height, p.received_at, e.camera, e.taken_at,
                COALESCE(c.time_zone, g.time_zone) AS time_zone
            FROM photos p JOIN groups g ON g.id = p.group_id
            LEFT JOIN clients c ON c.id = p.client_id LEFT JOIN exif e ON e.photo_id = p.id
            WHERE p.id = @photo AND p.width IS NOT NULL AND NOT EXISTS (SELECT 1 FROM image_table t WHERE t.row = p.id)
            """,
            new { photo });

    private static Task<int> PutAsync(Session session, Row photo) =>
        session.ExecuteAsync(
            """
            INSERT INTO image_table (partition, row, group_id, client_id, state, faces, width, height, camera, taken_at, received_at)
            SELECT @Partition, @Id, @GroupId, @ClientId, @State, @Faces, @Width, @Height, @Camera, @TakenAt, @ReceivedAt
            WHERE EXISTS (SELECT 1 FROM photos WHERE id = @Id)
            ON CONFLICT (partition, row) DO NOTHING
            """,
            photo);

    private sealed record Row
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

        /// <summary>yyyy-MM-dd in the time zone of the place.</summary>
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
}
