using Atmosphere.Bot.Channels.Fetching;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Adds a reply's picture to its activity: inline if small, otherwise as a link.</summary>
internal sealed class ReplyPictures(IMediaStore media, PictureLinks links)
{
    // Channels accept activities of about 256 KB; base64 makes four characters of three bytes.
    private const int Small = 150_000;

    /// <exception cref="MediaNotFoundException">The picture was deleted, and the text is wrong without it.</exception>
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
            // A reply in a chat is still right without its deleted picture; "here is a photo" is not.
            return activity;
        }
    }
}
