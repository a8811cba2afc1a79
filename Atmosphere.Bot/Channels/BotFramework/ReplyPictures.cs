using Atmosphere.Bot.Channels.Fetching;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Adds a reply's picture to its activity: inside where it is small, as a link where it is not.</summary>
internal sealed class ReplyPictures(IMediaStore media, PictureLinks links)
{
    // Channels take activities of about 256 KB; base64 makes four letters of three bytes.
    private const int Small = 150_000;

    /// <exception cref="MediaNotFoundException">It was deleted, and without it the words are not true.</exception>
    public async Task<Activity> AddAsync(Activity activity, StoredReply reply, ChatReference chat, CancellationToken cancellation)
    {
        if (reply.Media is null)
            return activity;

        var key = new MediaKey(reply.Media);
        try
        {
            var bytes = await media.GetAsync(key, cancellation);
            var (type, name) = PictureType.IsDocument(key) ? ("application/json", "atmosphere.json") : ("image/jpeg", "photo.jpg");
            var url = bytes.Length <= Small ? DataUri.Write(type, bytes) : chat.OwnUrl + links.PathOf(reply.Id, key);
            activity.Attachments = [new Attachment(type, url, name: name)];
            return activity;
        }
        catch (MediaNotFoundException) when (reply.Turn is not null)
        {
            // An answer in a chat stays true when its picture was deleted meanwhile; "here is a photo" does not.
            return activity;
        }
    }
}
