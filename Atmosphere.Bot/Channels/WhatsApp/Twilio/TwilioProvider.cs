using System.Text.Json;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Delivery;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;
using Twilio.Rest.Api.V2010.Account;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Sends through Twilio: free-form text within 24 hours of the user's last message, approved templates after that.</summary>
internal sealed partial class TwilioProvider(
    TwilioMessages messages, TwilioTrace trace, PictureLinks links, IMediaStore store, Languages languages,
    IOptions<TwilioOptions> options, IOptions<TwilioSendingOptions> sending, IOptions<PublicDoors> doors, TimeProvider clock) : IWhatsAppProvider
{
    private static readonly TimeSpan _operatorsRest = TimeSpan.FromMinutes(5);

    // No limit for the wait: the callers are a few workers, each of which waits for its slot.
    private readonly RateBudget _budget = new(TimeSpan.MaxValue, clock);
    private readonly Rate _rate = new(TimeSpan.FromSeconds(1.0 / sending.Value.MessagesPerSecond), 1);

    public string Name => TwilioReference.Name;

    private string? PublicUrl => (string.IsNullOrWhiteSpace(options.Value.PublicUrl) ? doors.Value.PublicUrl : options.Value.PublicUrl)?.TrimEnd('/');

    public async Task<IPreparedReply> PrepareAsync(WhatsAppMessage message, CancellationToken cancellation)
    {
        CheckSettings();
        var template = message.IsOpen ? null : TemplateOf(message);
        var sent = new CreateMessageOptions(WhatsAppAddress.Prefix + message.To) { From = From(message, options.Value) };
        if (PublicUrl is { } url)
            sent.StatusCallback = new Uri($"{url}{TwilioStatusEndpoint.Path}?{TwilioStatusEndpoint.Delivery}={Uri.EscapeDataString(message.Reply.Id)}");
        var size = (message.Picture ?? message.File) is { } media ? await SizeAsync(message, media, cancellation) : 0;
        if (template is not null)
            (sent.ContentSid, sent.ContentVariables) = (template, Variables(message, size));
        else
            AddWords(sent, message, size);
        // Wait before the call is recorded: a waiting message is not being sent yet.
        await _budget.WaitAsync("Twilio's messages", _rate, cancellation);
        return new Prepared(messages, sent);
    }

    public Task<ReplyTrace> FindAsync(WhatsAppMessage message, CancellationToken cancellation)
    {
        CheckSettings(mayHaveHappened: true);
        return trace.FindAsync(message, From(message, options.Value), cancellation);
    }

    public Undelivered Judge(int? error, bool asTemplate) => TwilioErrors.Judge(error, asTemplate);

    /// <summary>The configured number, or else the one that the user wrote to.</summary>
    private static string From(WhatsAppMessage message, TwilioOptions options) =>
        options.FromAddress ?? JsonSerializer.Deserialize<TwilioReference>(message.Reference, JsonSerializerOptions.Web)?.From
        ?? throw new ChannelRefusesException($"{TwilioOptions.Section}:From is not set, and the person's messages do not say to which number they wrote.");

    /// <summary>Missing settings are the operator's fault, not the message's: the message waits until they are set.</summary>
    private void CheckSettings(bool mayHaveHappened = false)
    {
        if (options.Value.HasAccount)
            return;
        throw new TryLaterException($"{TwilioOptions.Section}:AccountSid is not set; nothing can be sent to WhatsApp.", _operatorsRest)
        {
            MayHaveHappened = mayHaveHappened,
        };
    }

    /// <summary>A late answer is of no use as a template; it is sent when the user next writes.</summary>
    private string TemplateOf(WhatsAppMessage message)
    {
        var isPhoto = message.Picture is not null;
        var found = message.IsUnasked ? sending.Value.Templates.Find(isPhoto, message.Language) : null;
        return found ?? throw new ChatClosedException(
            $"The person last wrote more than 24 hours ago, and {TwilioOptions.Section}:Templates:{(isPhoto ? "Photo" : "Notice")}:{message.Language} is not set.");
    }

    private async Task<long> SizeAsync(WhatsAppMessage message, MediaKey media, CancellationToken cancellation)
    {
        if (PublicUrl is null)
            throw new TryLaterException($"{TwilioOptions.Section}:PublicUrl is not set; pictures and files cannot be fetched.", _operatorsRest);
        try
        {
            return (await store.GetAsync(media, cancellation)).Length;
        }
        catch (MediaNotFoundException)
        {
            // A reply in a chat is still right without its deleted picture; "here is a photo" is not.
            return message.IsUnasked || message.File is not null ? throw new ChannelRefusesException("Its picture or file was deleted before it was sent.") : 0;
        }
    }

    private void AddWords(CreateMessageOptions sent, WhatsAppMessage message, long size)
    {
        sent.Body = message.Text;
        if (message.Picture is { } picture && size > 0)
        {
            sent.MediaUrl.Add(new Uri(PublicUrl + PicturePath(message, picture)));
            if (size > SmallPictures.Largest)
                sent.Body += "\n\n" + Link("photo.original", picture);
        }
        else if (message.File is { } file)
        {
            // WhatsApp does not accept such files through Twilio, so a link is added.
            sent.Body += "\n\n" + Link("export.link", file);
        }

        string Link(string key, MediaKey media) => languages.Of(message.Language).Sentences.Say(
            key, new Dictionary<string, string> { ["link"] = PublicUrl + links.PathOf(message.Recipient!.Value, message.Reply.Id, media, sending.Value.OriginalLinks) });
    }

    private string Variables(WhatsAppMessage message, long size)
    {
        // Twilio refuses values with line breaks or many spaces.
        var variables = new Dictionary<string, string> { ["1"] = Gaps().Replace(message.Text, " ") };
        if (message.Picture is { } picture && size > 0)
            variables["2"] = PicturePath(message, picture).TrimStart('/');
        return JsonSerializer.Serialize(variables);
    }

    private string PicturePath(WhatsAppMessage message, MediaKey picture) =>
        links.PathOf(message.Recipient!.Value, message.Reply.Id, picture, sending.Value.PictureLinks, small: true);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Gaps();

    private sealed class Prepared(TwilioMessages messages, CreateMessageOptions message) : IPreparedReply
    {
        public bool IsTemplate => message.ContentSid is not null;

        public async Task<string?> SendAsync(CancellationToken cancellation) => await messages.CreateAsync(message, cancellation);

        public void Dispose()
        {
        }
    }
}
