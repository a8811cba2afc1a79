using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Tells devices that a face was seen, and where; never whose it is.</summary>
internal sealed class NotifyMqtt(Database database, IDevices devices) : IStep<FaceFound>
{
    public async Task<Effects> HandleAsync(FaceFound message, CancellationToken cancellation)
    {
        if (devices.Connected && await database.ReadAsync(session => FindAsync(session, message), cancellation) is { } face)
            await devices.TellAsync(face, cancellation);
        return Effects.None;
    }

    private static async Task<FaceSeen?> FindAsync(Session session, FaceFound message) =>
        await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT p.group_id, p.client_id, p.width AS photo_width, p.height AS photo_height, p.received_at, e.taken_at, e.utc_offset,
                COALESCE(f.x, b.x) AS x, COALESCE(f.y, b.y) AS y, COALESCE(f.width, b.width) AS width, COALESCE(f.height, b.height) AS height
            FROM photos p
            LEFT JOIN faces f ON f.id = @Face AND f.photo_id = p.id
            LEFT JOIN bounding_boxes b ON b.face_id = @Face AND b.photo_id = p.id
            LEFT JOIN exif e ON e.photo_id = p.id
            WHERE p.id = @Photo AND p.state NOT IN ('failed', 'erased') AND (f.id IS NOT NULL OR b.face_id IS NOT NULL)
            """,
            new { message.Photo, message.Face }) is { } row
            ? row.Seen(message)
            : null;

    private sealed record Row
    {
        public GroupId GroupId { get; init; }

        public string? ClientId { get; init; }

        public int? PhotoWidth { get; init; }

        public int? PhotoHeight { get; init; }

        public long ReceivedAt { get; init; }

        public string? TakenAt { get; init; }

        public string? UtcOffset { get; init; }

        public double X { get; init; }

        public double Y { get; init; }

        public double Width { get; init; }

        public double Height { get; init; }

        public FaceSeen Seen(FaceFound message) => new(
            message.Photo,
            message.Face,
            GroupId,
            ClientId,
            new Box((float)X, (float)Y, (float)Width, (float)Height),
            PhotoWidth,
            PhotoHeight,
            DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt),
            TakenAt,
            UtcOffset);
    }
}
