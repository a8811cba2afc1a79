using Atmosphere.Bot.Channels.Fetching;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Adds a reply's picture to its activity if the recipient may see it: inline if small, otherwise as a link.</summary>
internal sealed class ReplyPictures(Database database, IMediaStore media, PictureLinks links)
{
    // Channels accept activities of about 256 KB; base64 makes four characters of three bytes.
    private const int Small = 150_000;

    /// <exception cref="MediaNotFoundException">The picture was deleted or may not be seen any more, and the text is wrong without it.</exception>
    public async Task<Activity> AddAsync(Activity activity, StoredReply reply, ChatReference chat, CancellationToken cancellation)
    {
        if (reply.Media is null)
            return activity;

        var key = new MediaKey(reply.Media);
        try
        {
            if (await database.ReadAsync(session => ReplyRecipient.WhoMaySeeAsync(session, reply), cancellation) is not { } recipient)
                throw new MediaNotFoundException(key);
            var bytes = await media.GetAsync(key, cancellation);
            var (type, name) = PictureType.IsDocument(key) ? ("application/json", "atmosphere.json") : ("image/jpeg", "photo.jpg");
            var url = bytes.Length <= Small ? DataUri.Write(type, bytes) : chat.OwnUrl + links.PathOf(recipient, reply.Id, key);
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
