using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>The pictures that the conversation shows; each is stored once and deleted with the draft.</summary>
internal sealed class ConnectPersonPictures(IEnrolmentPhotos photos, IMediaStore media, CancellationToken cancellation)
{
    public async Task<MediaKey> DrawNumbersAsync(ConnectPersonDraft draft, PhotoInQuestion photo)
    {
        var boxes = photo.Faces.Select(face => face.Box).ToList();
        return await StoreAsync(draft, await photos.DrawNumbersAsync(new EnrolmentPhoto(photo.Media, boxes[0]), boxes, cancellation));
    }

    public async Task<MediaKey> CropAsync(ConnectPersonDraft draft, EnrolmentPhoto photo) =>
        await StoreAsync(draft, await photos.CropAsync(photo, cancellation));

    private async Task<MediaKey> StoreAsync(ConnectPersonDraft draft, byte[] jpeg)
    {
        var key = await media.PutAsync(MediaBucket.Training, jpeg, "image/jpeg", cancellation);
        draft.Pictures.Add(key);
        return key;
    }
}
