using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Incoming.Groups;

namespace Atmosphere.Bot.Channels.WhatsApp.Conversations;

/// <summary>Parses a webhook of Twilio Conversations; only the data needed is kept.</summary>
/// <param name="Id">Identifies the event when it is repeated.</param>
/// <param name="Told">The event.</param>
internal sealed partial record ConversationsEvent(string Id, ChatEvent Told)
{
    private const int MostMedia = 10;
    private const string UnnamedPhoto = "photo.jpg";

    /// <returns>Null if there is nothing to do: another kind of event, or one of the bot's own messages.</returns>
    public static ConversationsEvent? Read(TwilioForm form, TwilioOptions options, DateTimeOffset now)
    {
        if (form["ConversationSid"] is not { } chat || !ConversationSid().IsMatch(chat))
            return null;

        var service = form["ChatServiceSid"] is { } sid && ServiceSid().IsMatch(sid) ? sid : null;
        var member = form["MessagingBinding.Address"];
        var own = options.FromAddress;
        return form["EventType"] switch
        {
            "onMessageAdded" when form["MessageSid"] is { } message && WhatsAppAddress.Read(form["Author"]) is not null && form["Author"] != own =>
                new(message, new ChatEvent(ChatEventKind.Posted, chat, Time(form["DateCreated"], now))
                {
                    Message = message,
                    Service = service,
                    Author = form["Author"],
                    Text = form["Body"] ?? "",
                    Files = FilesOf(form["Media"], service, options),
                }),
            "onMessageRemoved" when form["MessageSid"] is { } message =>
                new($"removed:{message}", new ChatEvent(ChatEventKind.Withdrawn, chat, Time(form["DateRemoved"] ?? form["DateUpdated"], now)) { Withdrawn = [message] }),
            "onParticipantAdded" when WhatsAppAddress.Read(member) is not null && member != own =>
                new($"added:{form["ParticipantSid"]}:{member}", new ChatEvent(ChatEventKind.Joined, chat, Time(form["DateCreated"], now)) { Members = [member!] }),
            // A removal also carries the participant's creation date: only DateRemoved counts, otherwise the current time.
            "onParticipantRemoved" when own is not null && (member == own || form["MessagingBinding.ProjectedAddress"] == own) =>
                new($"removed:{form["ParticipantSid"]}:{member}", new ChatEvent(ChatEventKind.Ended, chat, Time(form["DateRemoved"], now))),
            "onParticipantRemoved" when WhatsAppAddress.Read(member) is not null =>
                new($"removed:{form["ParticipantSid"]}:{member}", new ChatEvent(ChatEventKind.Left, chat, Time(form["DateRemoved"], now)) { Members = [member!] }),
            "onConversationRemoved" => new($"ended:{chat}", new ChatEvent(ChatEventKind.Ended, chat, Time(form["DateRemoved"], now))),
            "onConversationStateUpdated" when form["StateTo"] == "closed" =>
                new($"closed:{chat}:{form["DateUpdated"]}", new ChatEvent(ChatEventKind.Ended, chat, Time(form["DateUpdated"], now))),
            _ => null,
        };
    }

    private static List<IncomingFile> FilesOf(string? media, string? service, TwilioOptions options)
    {
        if (media is null)
            return [];
        try
        {
            using var list = JsonDocument.Parse(media);
            return list.RootElement.ValueKind != JsonValueKind.Array ? [] :
            [
                .. list.RootElement.EnumerateArray().Take(MostMedia)
                    .Select(file => (Sid: file.TextOf("Sid") ?? file.TextOf("MediaSid"), Content: ContentOf(file)))
                    .Where(file => file.Sid is not null && MediaSid().IsMatch(file.Sid) && MessageKinds.MayBePhoto(MessageKinds.Of(file.Content), file.Content))
                    .Select(file => service is null
                        ? new IncomingFile(UnnamedPhoto, file.Content.ContentType, Failure: FileFailure.Missing)
                        : new IncomingFile(UnnamedPhoto, file.Content.ContentType, Url: $"{options.MediaBaseUrl}v1/Services/{service}/Media/{file.Sid}", Origin: TwilioReference.Name)),
            ];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static MessageContent ContentOf(JsonElement file) =>
        new() { ContentType = file.TextOf("ContentType") ?? "", FileName = file.TextOf("Filename") ?? "", HasFile = true };

    private static DateTimeOffset Time(string? text, DateTimeOffset now) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at < now ? at : now;

    [GeneratedRegex(@"\ACH[0-9a-fA-F]{32}\z")]
    private static partial Regex ConversationSid();

    [GeneratedRegex(@"\AIS[0-9a-fA-F]{32}\z")]
    private static partial Regex ServiceSid();

    [GeneratedRegex(@"\AME[0-9a-fA-F]{32}\z")]
    private static partial Regex MediaSid();
}
