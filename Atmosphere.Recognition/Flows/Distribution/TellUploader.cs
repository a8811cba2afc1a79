using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Tells whoever posted a photo that it could not be looked at, and what would help.</summary>
internal sealed class TellUploader(Database database, IParents parents) : IStep<PhotoFailed>
{
    public async Task<Effects> HandleAsync(PhotoFailed message, CancellationToken cancellation)
    {
        var photo = await database.ReadAsync(session => PhotoTable.FindAsync(session, message.Photo), cancellation);
        if (photo is not { UploaderId: { } uploader, Error: { } reason })
            return Effects.None;

        // The name of the notice is the photo's: told twice, it appears once.
        var values = new Dictionary<string, string> { ["reason"] = reason };
        var notice = new ParentNotice(new DeliveryId($"{message.Photo}-failed"), uploader, message.Refused ? "photo.refused" : "photo.failed", values, null);
        _ = await parents.SendAsync(notice, cancellation);
        return Effects.None;
    }
}
