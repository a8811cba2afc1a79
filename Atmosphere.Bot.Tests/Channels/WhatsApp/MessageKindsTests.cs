using System.Text.Json;
using Atmosphere.Bot.Channels.WhatsApp;
using Atmosphere.Bot.Channels.WhatsApp.Conversations;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Channels.WhatsApp.Waha;
using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>The shapes in which each vendor tells of a message, and what it is.</summary>
public sealed class MessageKindsTests
{
    private const string Media = "\"hasMedia\":true,\"media\":{\"url\":\"http://localhost:3000/api/files/a\",\"mimetype\":\"TYPE\",\"filename\":null}";
    private const string NoMedia = "\"hasMedia\":false,\"media\":null";

    /// <summary>Engine, what media says, _data, kind.</summary>
    public static TheoryData<string, string, string, string> Payloads() => new()
    {
        // WhatsApp Web's own words.
        { "WEBJS", With("image/jpeg"), """{"type":"image","mimetype":"image/jpeg","isViewOnce":false}""", "Photo" },
        { "WEBJS", With("image/webp"), """{"type":"sticker","mimetype":"image/webp","isAnimated":true}""", "Sticker" },
        { "WEBJS", With("image/jpeg"), """{"type":"image","isViewOnce":true}""", "ViewOnce" },
        { "WEBJS", NoMedia, """{"type":"unknown","isViewOnce":true}""", "ViewOnce" },
        { "WEBJS", With("image/jpeg"), """{"type":"document","mimetype":"image/jpeg","filename":"IMG_1.jpg"}""", "Document" },
        { "WEBJS", With("video/mp4"), """{"type":"video","isGif":true}""", "Video" },
        { "WEBJS", With("video/mp4"), """{"type":"video","isGif":false}""", "Video" },
        { "WEBJS", With("audio/ogg; codecs=opus"), """{"type":"ptt"}""", "Voice" },
        { "WEBJS", NoMedia, """{"type":"album"}""", "Album" },
        { "WEBJS", NoMedia, """{"type":"poll_creation"}""", "Poll" },
        { "WEBJS", NoMedia, """{"type":"vcard"}""", "Contact" },
        { "WEBJS", NoMedia, """{"type":"location"}""", "Location" },
        { "WEBJS", NoMedia, """{"type":"gp2","subtype":"add"}""", "System" },
        { "WEBJS", NoMedia, """{"type":"ciphertext"}""", "System" },
        { "WEBJS", NoMedia, """{"type":"revoked"}""", "Withdrawal" },
        { "WEBJS", NoMedia, """{"type":"chat"}""", "Text" },

        // WhatsApp's own message, as Baileys writes it.
        { "NOWEB", With("image/jpeg"), """{"key":{"id":"A"},"message":{"imageMessage":{"mimetype":"image/jpeg"},"messageContextInfo":{}}}""", "Photo" },
        { "NOWEB", With("image/jpeg"), """{"message":{"senderKeyDistributionMessage":{"groupId":"1@g.us"},"imageMessage":{"mimetype":"image/jpeg"}}}""", "Photo" },
        { "NOWEB", With("image/jpeg"), """{"message":{"associatedChildMessage":{"message":{"imageMessage":{"mimetype":"image/jpeg"}}}}}""", "Photo" },
        { "NOWEB", With("image/jpeg"), """{"message":{"ephemeralMessage":{"message":{"imageMessage":{"mimetype":"image/jpeg"}}}}}""", "Photo" },
        { "NOWEB", With("image/webp"), """{"message":{"stickerMessage":{"mimetype":"image/webp","isAnimated":true}}}""", "Sticker" },
        { "NOWEB", With("application/was"), """{"message":{"lottieStickerMessage":{"message":{"stickerMessage":{"mimetype":"application/was"}}}}}""", "Sticker" },
        { "NOWEB", With("image/jpeg"), """{"message":{"viewOnceMessage":{"message":{"imageMessage":{"viewOnce":true}}}}}""", "ViewOnce" },
        { "NOWEB", With("image/jpeg"), """{"message":{"viewOnceMessageV2":{"message":{"imageMessage":{}}}}}""", "ViewOnce" },
        { "NOWEB", With("image/jpeg"), """{"message":{"imageMessage":{"viewOnce":true}}}""", "ViewOnce" },
        { "NOWEB", NoMedia, """{"key":{"id":"A","isViewOnce":true},"pushName":"N","status":3}""", "ViewOnce" },
        { "NOWEB", With("image/heic"), """{"message":{"documentWithCaptionMessage":{"message":{"documentMessage":{"mimetype":"image/heic","fileName":"IMG_1.HEIC"}}}}}""", "Document" },
        { "NOWEB", With("video/mp4"), """{"message":{"videoMessage":{"gifPlayback":true,"mimetype":"video/mp4"}}}""", "Video" },
        { "NOWEB", With("video/mp4"), """{"message":{"ptvMessage":{"mimetype":"video/mp4"}}}""", "Video" },
        { "NOWEB", With("audio/ogg; codecs=opus"), """{"message":{"audioMessage":{"ptt":true}}}""", "Voice" },
        { "NOWEB", "\"hasMedia\":true,\"media\":null", """{"message":{"albumMessage":{"expectedImageCount":3,"expectedVideoCount":0}}}""", "Album" },
        { "NOWEB", NoMedia, """{"message":{"pollCreationMessageV3":{"name":"When?"}}}""", "Poll" },
        { "NOWEB", NoMedia, """{"message":{"reactionMessage":{"text":"x"}}}""", "Reaction" },
        { "NOWEB", NoMedia, """{"message":{"protocolMessage":{"key":{"id":"A"},"type":"REVOKE"}}}""", "Withdrawal" },
        { "NOWEB", NoMedia, """{"message":{"protocolMessage":{"type":14,"editedMessage":{"conversation":"new"}}}}""", "Edit" },
        { "NOWEB", NoMedia, """{"message":{"editedMessage":{"message":{"protocolMessage":{"type":14}}}}}""", "Edit" },
        { "NOWEB", NoMedia, """{"message":{"protocolMessage":{"type":3,"ephemeralExpiration":86400}}}""", "System" },
        { "NOWEB", NoMedia, """{"message":{"extendedTextMessage":{"text":"hello"},"messageContextInfo":{}}}""", "Text" },

        // WhatsApp's own message, as whatsmeow writes it.
        { "GOWS", With("image/jpeg"), """{"Info":{"Type":"media","MediaType":"image","ID":"A"},"Message":{"imageMessage":{"mimetype":"image/jpeg"}},"IsViewOnce":false}""", "Photo" },
        { "GOWS", With("image/webp"), """{"Info":{"MediaType":"sticker"},"Message":{"stickerMessage":{"mimetype":"image/webp"}}}""", "Sticker" },
        { "GOWS", With("application/was"), """{"Info":{"MediaType":"sticker"},"Message":{"stickerMessage":{}},"IsLottieSticker":true}""", "Sticker" },
        { "GOWS", With("image/jpeg"), """{"Info":{"MediaType":"image"},"Message":{"imageMessage":{}},"IsViewOnceV2":true}""", "ViewOnce" },
        { "GOWS", With("image/jpeg"), """{"Info":{"MediaType":"document"},"Message":{"documentMessage":{"mimetype":"application/octet-stream","fileName":"a.jpg"}}}""", "Document" },
        { "GOWS", With("video/mp4"), """{"Info":{"MediaType":"gif"},"Message":{"videoMessage":{"gifPlayback":true}}}""", "Video" },
        { "GOWS", NoMedia, """{"Info":{"Type":"media","MediaType":"collection"},"Message":{"albumMessage":{"expectedImageCount":3}}}""", "Album" },
        { "GOWS", NoMedia, """{"Info":{"Type":"media","MediaType":"collection"}}""", "Album" },
        { "GOWS", NoMedia, """{"Info":{"Type":"reaction"},"Message":{"reactionMessage":{"text":"x","key":{"ID":"A"}}}}""", "Reaction" },
        { "GOWS", NoMedia, """{"Info":{"Type":"poll"},"Message":{"pollUpdateMessage":{}}}""", "Poll" },
        { "GOWS", NoMedia, """{"Info":{"Edit":"7"},"Message":{"protocolMessage":{"key":{"ID":"A"},"type":0}}}""", "Withdrawal" },
        { "GOWS", NoMedia, """{"Info":{"Edit":"1"},"IsEdit":true,"Message":{"protocolMessage":{"key":{"ID":"A"},"type":14}}}""", "Edit" },
        { "GOWS", NoMedia, """{"Info":{"Type":"text"},"Message":{"conversation":"hello"}}""", "Text" },

        // No words at all, as from an engine of tomorrow: the declared type decides.
        { "?", With("image/jpeg"), "{}", "Photo" },
        { "?", With("application/octet-stream"), "{}", "Document" },
        { "?", With("video/mp4"), "{}", "Video" },
        { "?", NoMedia, "{}", "Text" },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Each_engine_of_WAHA_tells_the_same_kinds(string engine, string media, string data, string kind)
    {
        Assert.NotEmpty(engine);
        using var payload = JsonDocument.Parse($$"""{"id":"false_120363000000000001@g.us_A_4915100000002@c.us",{{media}},"_data":{{data}}}""");
        Assert.Equal(kind, MessageKinds.Of(WahaContent.Read(payload.RootElement)).ToString());
    }

    [Theory]
    [InlineData("MessageType=image&NumMedia=1&MediaContentType0=image%2Fjpeg&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F0", "")]
    [InlineData("NumMedia=1&MediaContentType0=image%2Fjpeg&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F0", "")]
    [InlineData("MessageType=document&NumMedia=1&MediaContentType0=application%2Foctet-stream&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F0", "")]
    [InlineData("MessageType=sticker&NumMedia=1&MediaContentType0=image%2Fwebp&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F0", "Sticker")]
    [InlineData("MessageType=video&NumMedia=1&MediaContentType0=video%2Fmp4&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F0", "Video")]
    [InlineData("MessageType=audio&NumMedia=1&MediaContentType0=audio%2Fogg&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F0", "Voice")]
    [InlineData("MessageType=contacts&NumMedia=1&MediaContentType0=text%2Fvcard&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F0", "Contact")]
    [InlineData("MessageType=location&Latitude=1&Longitude=2", "Location")]
    [InlineData("MessageType=reaction&NumMedia=0&Body=x", null)]
    public void Twilio_tells_the_same_kinds(string form, string? failure) =>
        Assert.Equal(failure, TwilioMessage.Read(TwilioForm.Parse(form)) is { } said ? Assert.Single(said.Files).Failure?.ToString() ?? "" : null);

    [Theory]
    [InlineData("image/jpeg", "a.jpg", true)]
    [InlineData("application/octet-stream", "a", true)]
    [InlineData("binary/octet-stream", "", true)]
    [InlineData("", "", true)]
    [InlineData("image/heic", "IMG_1.HEIC", true)]
    [InlineData("application/pdf", "IMG_1.jpg", true)]
    [InlineData("application/pdf", "letter.pdf", false)]
    [InlineData("text/plain", "a.txt", false)]
    [InlineData("image/gif", "a.gif", false)]
    [InlineData("video/mp4", "a.mp4", false)]
    [InlineData("audio/ogg", "", false)]
    [InlineData("text/vcard", "", false)]
    public void Of_a_conversation_what_may_be_a_photo_is_fetched(string type, string name, bool fetched)
    {
        var media = JsonSerializer.Serialize(new[] { new { Sid = "ME00000000000000000000000000000001", ContentType = type, Filename = name, Size = 1000 } });
        var form = TwilioForm.Parse(
            "EventType=onMessageAdded&ConversationSid=CH00000000000000000000000000000001&ChatServiceSid=IS00000000000000000000000000000001&MessageSid=IM1"
            + $"&Author=whatsapp%3A%2B4915100000002&Media={Uri.EscapeDataString(media)}");
        Assert.Equal(fetched ? 1 : 0, ConversationsEvent.Read(form, new TwilioOptions(), DateTimeOffset.UnixEpoch)!.Told.Files.Count);
    }

    [Theory]
    [InlineData(MessageKind.Sticker, FileFailure.Sticker)]
    [InlineData(MessageKind.ViewOnce, FileFailure.ViewOnce)]
    [InlineData(MessageKind.Photo, null)]
    [InlineData(MessageKind.Document, null)]
    internal void What_is_no_photo_has_a_sentence_of_its_own(MessageKind kind, object? failure) => Assert.Equal((FileFailure?)failure, MessageKinds.FailureOf(kind));

    private static string With(string type) => Media.Replace("TYPE", type, StringComparison.Ordinal);
}
