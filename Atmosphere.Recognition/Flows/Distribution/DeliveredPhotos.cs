using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Imaging.Drawing;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Delivered photos from the database. The rule for who may have a photo also limits what is told about it.</summary>
internal sealed class DeliveredPhotos(IMediaStore media, PhotoDecoder decoder, PhotoEncoder encoder, IOutbox outbox, TimeProvider clock) : IDeliveredPhotos
{
    private const int PictureSide = 1280;

    public Task<DeliveredPhoto?> FindAsync(Session session, ParticipantId participant, string? message) =>
        FindAsync(session, participant, message, null);

    public Task<DeliveredPhoto?> FindAgainAsync(Session session, ParticipantId participant, PhotoId photo) =>
        FindAsync(session, participant, null, photo);

    private static async Task<DeliveredPhoto?> FindAsync(Session session, ParticipantId participant, string? message, PhotoId? photo)
    {
        if (await Deliveries.LastAsync(session, participant, message, photo) is not { } row)
            return null;
        var faces = await Deliveries.FacesAsync(session, row.PhotoId, participant);
        return new DeliveredPhoto(
            row.PhotoId, row.Media, DateTimeOffset.FromUnixTimeMilliseconds(row.ReceivedAt), row.TimeZone, [.. faces.Select(ToFace)]);
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

        var (shrunk, scale) = encoder.Shrink(pixels, PictureSide);
        var boxes = photo.Faces.Select(face => face.Box.ScaledBy(scale)).ToList();
        return encoder.EncodeToSend(NumberedBoxes.Draw(shrunk, boxes));
    }

    public async Task<bool> RefuseAsync(Session session, ParticipantId participant, NamedFace face)
    {
        if (!await Deliveries.ShowsAsync(session, participant, face.Face, face.Person))
            return false;

        await NameDenials.AddAsync(session, outbox, face.Photo, face.Face, face.Person, $"participant:{participant}", Withheld.NotTheirChild, clock.GetUtcNow());
        await outbox.SendAsync(session, new FaceQuestioned(face.Photo, face.Face, face.Person, FaceQuestion.NotTheChild));
        return true;
    }

    private static NamedFace ToFace(FaceOfChild face) =>
        new(face.Id, face.PhotoId, face.PersonId, face.Name, face.Similarity ?? 0, new Box(face.X, face.Y, face.Width, face.Height));
}
