using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Delivered photos in the database; the one rule of who may have a photo says what of them may be talked about.</summary>
internal sealed class DeliveredPhotos(IMediaStore media, PhotoDecoder decoder, PhotoEncoder encoder, IOutbox outbox, TimeProvider clock) : IDeliveredPhotos
{
    private const int PictureSide = 1280;

    public Task<DeliveredPhoto?> FindAsync(Session session, ParticipantId participant, string? message) =>
        FindAsync(session, participant, message is null ? "" : "AND d.vendor_id = @which", message);

    public Task<DeliveredPhoto?> FindAgainAsync(Session session, ParticipantId participant, PhotoId photo) =>
        FindAsync(session, participant, "AND d.photo_id = @which", photo.Value);

    private static async Task<DeliveredPhoto?> FindAsync(Session session, ParticipantId participant, string condition, string? which)
    {
        var rows = await session.QueryAsync<Row>(
            $"""
            SELECT d.photo_id, d.media, p.received_at, g.time_zone FROM media_distributions d
            JOIN photos p ON p.id = d.photo_id JOIN groups g ON g.id = p.group_id
            WHERE d.participant_id = @participant AND d.state IN ('sent', 'delivered', 'read') AND d.media IS NOT NULL {condition}
            ORDER BY d.created_at DESC, d.sent_at DESC LIMIT 1
            """,
            new { participant, which });
        if (rows is not [var row])
            return null;

        var faces = await session.QueryAsync<FaceOfChild>(
            $"""
            SELECT f.id, f.photo_id, p.id AS person_id, p.name, f.similarity, f.x, f.y, f.width, f.height
            {DistributionTable.ChildrenOfGuardians} AND f.photo_id = @PhotoId AND g.participant_id = @participant ORDER BY f.x
            """,
            new { row.PhotoId, participant });
        return new DeliveredPhoto(
            row.PhotoId, row.Media, DateTimeOffset.FromUnixTimeMilliseconds(row.ReceivedAt), row.TimeZone, [.. faces.Select(face => face.ToFace())]);
    }

    public async Task<byte[]?> DrawAsync(DeliveredPhoto photo, CancellationToken cancellation)
    {
        Pixels pixels;
        try
        {
            pixels = decoder.Decode(await media.GetAsync(photo.Media, cancellation), "The photo");
        }
        catch (MediaNotFoundException)
        {
            return null;
        }

        var scale = Math.Min(1, (float)PictureSide / Math.Max(pixels.Width, pixels.Height));
        var shrunk = scale < 1 ? encoder.Resize(pixels, Scaled(pixels.Width, scale), Scaled(pixels.Height, scale)) : pixels;
        var boxes = photo.Faces.Select(face => new Box(face.Box.X * scale, face.Box.Y * scale, face.Box.Width * scale, face.Box.Height * scale)).ToList();
        return encoder.EncodeToSend(NumberedBoxes.Draw(shrunk, boxes));
    }

    public async Task<bool> RefuseAsync(Session session, ParticipantId participant, NamedFace face)
    {
        var theirs = await session.QuerySingleOrDefaultAsync<long>(
            $"SELECT COUNT(*) {DistributionTable.ChildrenOfGuardians} AND f.id = @Face AND p.id = @Person AND g.participant_id = @participant", new { face.Face, face.Person, participant });
        if (theirs == 0)
            return false;

        await NotThisPerson.SayAsync(session, outbox, face.Photo, face.Face, face.Person, $"participant:{participant}", Withheld.NotTheirChild, clock.GetUtcNow());
        await outbox.SendAsync(session, new FaceQuestioned(face.Photo, face.Face, face.Person, FaceQuestion.NotTheChild));
        return true;
    }

    private static int Scaled(int side, float scale) => Math.Max(1, (int)MathF.Round(side * scale));

    private sealed record Row
    {
        public PhotoId PhotoId { get; init; }

        public MediaKey Media { get; init; }

        public long ReceivedAt { get; init; }

        public string TimeZone { get; init; } = "";
    }

    private sealed record FaceOfChild
    {
        public FaceId Id { get; init; }

        public PhotoId PhotoId { get; init; }

        public PersonId PersonId { get; init; }

        public string Name { get; init; } = "";

        public float? Similarity { get; init; }

        public float X { get; init; }

        public float Y { get; init; }

        public float Width { get; init; }

        public float Height { get; init; }

        public NamedFace ToFace() => new(Id, PhotoId, PersonId, Name, Similarity ?? 0, new Box(X, Y, Width, Height));
    }
}
