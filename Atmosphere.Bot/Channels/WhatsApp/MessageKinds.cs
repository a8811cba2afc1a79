using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>What a vendor says about the content of a message.</summary>
internal sealed record MessageContent
{
    /// <summary>The vendor's own words for it, such as sticker or stickerMessage; the first known one counts.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>As declared by the sender; empty: nothing was declared.</summary>
    public string ContentType { get; init; } = "";

    public string FileName { get; init; } = "";

    /// <summary>The message has a file, even if the vendor does not say where it is.</summary>
    public bool HasFile { get; init; }

    public bool IsViewOnce { get; init; }

    /// <summary>A video that is shown as a GIF.</summary>
    public bool IsMoving { get; init; }
}

/// <summary>
/// Decides what a message is, by the words of all vendors: Twilio's MessageType, the types of WhatsApp Web, and the fields of WhatsApp's
/// own messages that the other engines pass on. Where a vendor has no word, the declared content type decides.
/// </summary>
internal static class MessageKinds
{
    private static readonly Dictionary<string, MessageKind> _words = Table();

    // Opening these would only show that they are no photos.
    private static readonly string[] _otherFiles =
    [
        "text/", "font/", "model/", "application/pdf", "application/msword", "application/rtf", "application/json", "application/xml", "application/zip",
        "application/x-7z", "application/x-rar", "application/vnd.", "application/epub", "application/x-iwork", "application/java", "application/gzip",
    ];

    private static readonly string[] _pictureNames = [".jpg", ".jpeg", ".jpe", ".png", ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff", ".bmp"];

    public static MessageKind Of(MessageContent content)
    {
        if (content.IsViewOnce)
            return MessageKind.ViewOnce;
        var told = content.Words.Select(word => _words.TryGetValue(word, out var kind) ? kind : (MessageKind?)null).FirstOrDefault(kind => kind is not null);
        return told switch
        {
            null => content.HasFile || content.ContentType.Length > 0 ? OfType(content) : MessageKind.Text,
            // What is called an image may still be a GIF, and a document may be a film.
            MessageKind.Photo or MessageKind.Document => OfType(content) is MessageKind.Photo or MessageKind.Document ? told.Value : OfType(content),
            MessageKind.Video when content.ContentType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) => MessageKind.Voice,
            _ => told.Value,
        };
    }

    /// <summary>Why a file of this kind is not fetched; null: it may be a photo.</summary>
    public static FileFailure? FailureOf(MessageKind kind) => kind switch
    {
        MessageKind.Sticker => FileFailure.Sticker,
        MessageKind.ViewOnce => FileFailure.ViewOnce,
        MessageKind.Voice => FileFailure.Voice,
        MessageKind.Video => FileFailure.Video,
        MessageKind.Contact => FileFailure.Contact,
        MessageKind.Location => FileFailure.Location,
        _ => null,
    };

    /// <summary>Whether a message says or shows something; a reaction, for example, does not.</summary>
    public static bool IsSaid(MessageKind kind) =>
        kind is not (MessageKind.Album or MessageKind.Reaction or MessageKind.Poll or MessageKind.Edit or MessageKind.Withdrawal or MessageKind.System);

    /// <summary>Whether a group's file of this kind may be a photo. Texts and tables are not fetched at all.</summary>
    public static bool MayBePhoto(MessageKind kind, MessageContent content) => kind switch
    {
        MessageKind.Photo => true,
        MessageKind.Document => _pictureNames.Any(ending => content.FileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || !_otherFiles.Any(type => content.ContentType.StartsWith(type, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private static MessageKind OfType(MessageContent content)
    {
        if (content.IsMoving)
            return MessageKind.Video;
        var type = content.ContentType.Split(';')[0].Trim().ToLowerInvariant();
        return type.Split('/')[0] switch
        {
            "audio" => MessageKind.Voice,
            "video" => MessageKind.Video,
            // WhatsApp sends no photo as a GIF: it is a short film.
            "image" => type == "image/gif" ? MessageKind.Video : MessageKind.Photo,
            _ when type.Contains("vcard", StringComparison.Ordinal) => MessageKind.Contact,
            _ when type == "application/was" => MessageKind.Sticker,
            _ => MessageKind.Document,
        };
    }

    private static Dictionary<string, MessageKind> Table()
    {
        var words = new Dictionary<string, MessageKind>(StringComparer.OrdinalIgnoreCase);
        Add(MessageKind.Text, "text", "chat", "conversation", "extendedTextMessage", "button", "buttons", "buttonsMessage", "buttonsResponseMessage", "buttons_response",
            "list", "listMessage", "listResponseMessage", "list_response", "interactive", "interactiveMessage", "interactiveResponseMessage",
            "templateMessage", "templateButtonReplyMessage", "template_button_reply");
        Add(MessageKind.Photo, "image", "imageMessage", "photo");
        Add(MessageKind.Document, "document", "documentMessage", "file");
        Add(MessageKind.Sticker, "sticker", "stickerMessage", "lottieStickerMessage", "sticker-pack", "sticker_pack", "stickerPackMessage", "stickerSyncRmrMessage");
        Add(MessageKind.ViewOnce, "view-once", "view_once", "viewOnceMessage", "viewOnceMessageV2", "viewOnceMessageV2Extension");
        Add(MessageKind.Voice, "audio", "ptt", "voice", "audioMessage");
        Add(MessageKind.Video, "video", "gif", "ptv", "videoMessage", "ptvMessage");
        Add(MessageKind.Album, "album", "albumMessage", "collection");
        Add(MessageKind.Contact, "contact", "contacts", "vcard", "multi_vcard", "contactMessage", "contactsArrayMessage");
        Add(MessageKind.Location, "location", "locationMessage", "liveLocationMessage");
        Add(MessageKind.Reaction, "reaction", "reactionMessage", "encReactionMessage", "commentMessage", "encCommentMessage");
        Add(MessageKind.Poll, "poll", "poll_creation", "poll_update", "pollCreationMessage", "pollCreationMessageV2", "pollCreationMessageV3", "pollCreationMessageV4",
            "pollCreationMessageV5", "pollUpdateMessage", "pollResultSnapshotMessage", "event", "event_creation", "eventMessage", "encEventResponseMessage");
        Add(MessageKind.Edit, "edit", "editedMessage", "secretEncryptedMessage");
        Add(MessageKind.Withdrawal, "revoked", "withdrawn");
        Add(MessageKind.System, "system", "protocol", "protocolMessage", "senderKeyDistributionMessage", "e2e_notification", "notification", "notification_template",
            "gp2", "broadcast_notification", "call_log", "ciphertext", "debug", "groups_v4_invite", "group_notification", "groupInviteMessage", "pinned_message", "pinInChatMessage",
            "keepInChatMessage", "call", "callLogMesssage", "scheduledCallCreationMessage", "request", "order", "product", "payment", "requestPaymentMessage",
            "statusMentionMessage", "groupStatusMentionMessage", "request_welcome");
        return words;

        void Add(MessageKind kind, params string[] of)
        {
            foreach (var word in of)
                words.Add(word, kind);
        }
    }
}
