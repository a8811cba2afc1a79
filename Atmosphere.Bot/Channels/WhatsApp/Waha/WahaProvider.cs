using System.Text.Json;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Sends through a WAHA container: free-form text at any time, pictures and files within the call.</summary>
internal sealed class WahaProvider(
    WahaApi api, WahaTrace trace, PictureLinks links, SmallPictures pictures, IMediaStore media, Languages languages,
    IOptions<WahaOptions> options, IOptions<PublicDoors> doors) : IWhatsAppProvider
{
    private static readonly TimeSpan _operatorsRest = TimeSpan.FromMinutes(5);

    public string Name => WahaReference.Name;

    public async Task<IPreparedReply> PrepareAsync(WhatsAppMessage message, CancellationToken cancellation)
    {
        CheckSettings();
        var (session, chatId) = (options.Value.Session, ChatOf(message));
        if ((message.Picture ?? message.File) is not { } picture || await FileAsync(message, picture, cancellation) is not { } bytes)
            return new Prepared(api, "api/sendText", new { session, chatId, text = message.Text });

        if (message.File is not null)
            return new Prepared(api, "api/sendFile", new { session, chatId, caption = message.Text, file = File("application/json", "atmosphere.json", bytes) });
        var small = pictures.Of(picture, bytes);
        var caption = small == bytes ? message.Text : message.Text + Original(message, picture);
        return new Prepared(api, "api/sendImage", new { session, chatId, caption, file = File(PictureType.Of(small), "photo.jpg", small) });
    }

    public Task<ReplyTrace> FindAsync(WhatsAppMessage message, CancellationToken cancellation)
    {
        CheckSettings(mayHaveHappened: true);
        return trace.FindAsync(message, ChatOf(message), cancellation);
    }

    public Undelivered Judge(int? error, bool asTemplate) => new(UndeliveredKind.ForGood, "The container says that it was not delivered.");

    private static object File(string mimetype, string filename, byte[] bytes) => new { mimetype, filename, data = Convert.ToBase64String(bytes) };

    private static string ChatOf(WhatsAppMessage message) =>
        JsonSerializer.Deserialize<WahaReference>(message.Reference, JsonSerializerOptions.Web)?.Chat
        ?? throw new ChannelRefusesException("The person's messages do not say in which chat they write.");

    /// <summary>Missing settings are the operator's fault, not the message's: the message waits until they are set.</summary>
    private void CheckSettings(bool mayHaveHappened = false)
    {
        if (options.Value.IsOpen)
            return;
        throw new TryLaterException($"{WahaOptions.Section}:BaseUrl is not set; nothing can be sent by the container.", _operatorsRest)
        {
            MayHaveHappened = mayHaveHappened,
        };
    }

    /// <returns>Null if the picture is deleted and the reply is still right without it; "here is a photo" is not.</returns>
    private async Task<byte[]?> FileAsync(WhatsAppMessage message, MediaKey picture, CancellationToken cancellation)
    {
        try
        {
            return await media.GetAsync(picture, cancellation);
        }
        catch (MediaNotFoundException)
        {
            return message.IsUnasked || message.File is not null ? throw new ChannelRefusesException("Its picture or file was deleted before it was sent.") : null;
        }
    }

    private string Original(WhatsAppMessage message, MediaKey picture) => doors.Value.PublicUrl?.TrimEnd('/') is not { } url
        ? ""
        : "\n\n" + languages.Of(message.Language).Sentences.Say(
            "photo.original", new Dictionary<string, string> { ["link"] = url + links.PathOf(message.Recipient!.Value, message.Reply.Id, picture) });

    private sealed class Prepared(WahaApi api, string path, object body) : IPreparedReply
    {
        public bool IsTemplate => false;

        public async Task<string?> SendAsync(CancellationToken cancellation)
        {
            var answer = await api.PostAsync(path, body, cancellation);
            if (!answer.IsTaken)
                throw new ChannelRefusesException($"The container answered {answer.Status}.");
            // The message was sent even without an id, but its status cannot be queried then.
            return answer.Body is { } sent ? WahaIds.KeyOf(sent) : null;
        }

        public void Dispose()
        {
        }
    }
}
