using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Tells the uploader that a photo could not be processed, and what would help.</summary>
internal sealed class TellUploader(Database database, IParents parents) : IStep<PhotoFailed>
{
    public async Task<Effects> HandleAsync(PhotoFailed message, CancellationToken cancellation)
    {
        var photo = await database.ReadAsync(session => PhotoTable.FindAsync(session, message.Photo), cancellation);
        if (photo?.UploaderId is not { } uploader)
            return Effects.None;

        // The delivery id is derived from the photo: sent twice, the notice appears once.
        var notice = new ParentNotice(
            new DeliveryId($"{message.Photo}-failed"), uploader, SentenceOf(message.Refusal), new Dictionary<string, string>(), null);
        _ = await parents.SendAsync(notice, cancellation);
        return Effects.None;
    }

    private static string SentenceOf(string? refusal) => refusal switch
    {
        nameof(PhotoRefusal.Empty) => "photo.refused-empty",
        nameof(PhotoRefusal.TooLarge) or nameof(PhotoRefusal.TooManyPixels) => "photo.refused-too-large",
        nameof(PhotoRefusal.UnsupportedType) => "photo.refused-unsupported",
        nameof(PhotoRefusal.NotAPhoto) => "photo.refused-not-a-photo",
        nameof(PhotoRefusal.Damaged) => "photo.refused-damaged",
        _ => "photo.failed",
    };
}
