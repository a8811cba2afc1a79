using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>
/// What WAHA's engines say about the content of a message: WEBJS in WhatsApp Web's words (<c>_data.type</c>), NOWEB and GOWS by WhatsApp's
/// own message (<c>_data.message</c>, <c>_data.Message</c>), which may be wrapped several times.
/// </summary>
internal static class WahaContent
{
    private const int MostWrappers = 8;

    private static readonly string[] _wrappers =
    [
        "ephemeralMessage", "deviceSentMessage", "documentWithCaptionMessage", "associatedChildMessage", "groupMentionedMessage", "botInvokeMessage",
        "viewOnceMessage", "viewOnceMessageV2", "viewOnceMessageV2Extension", "lottieStickerMessage", "editedMessage", "groupStatusMessage", "groupStatusMessageV2",
    ];

    // They accompany a message and say nothing about it.
    private static readonly string[] _companions = ["messageContextInfo", "senderKeyDistributionMessage"];

    private static readonly string[] _onceFlags = ["isViewOnce", "IsViewOnce", "IsViewOnceV2", "IsViewOnceV2Extension"];

    public static MessageContent Read(JsonElement payload)
    {
        var raw = payload.Of("_data");
        var words = new List<string>();
        var inner = Unwrap(raw?.Of("message") ?? raw?.Of("Message"), words, out var field, out _);
        if (raw is { } data)
        {
            if (data.TextOf("type") is { } type)
                words.Add(type);
            if (data.IsTrue("IsLottieSticker"))
                words.Insert(0, "sticker");
            if (data.IsTrue("IsEdit") || data.Of("Info")?.TextOf("Edit") == "1")
                words.Insert(0, "edit");
            if (data.Of("Info")?.TextOf("MediaType") is { } media)
                words.Add(media);
        }

        return new MessageContent
        {
            Words = words,
            ContentType = payload.Of("media")?.TextOf("mimetype") ?? payload.TextOf("mimetype") ?? inner?.TextOf("mimetype") ?? raw?.TextOf("mimetype") ?? "",
            FileName = payload.Of("media")?.TextOf("filename") ?? inner?.TextOf("fileName") ?? raw?.TextOf("filename") ?? "",
            HasFile = AddressOf(payload) is not null || payload.IsTrue("hasMedia"),
            IsViewOnce = field.Any(word => word.StartsWith("viewOnce", StringComparison.Ordinal)) || inner?.IsTrue("viewOnce") == true
                || (raw is { } flags && (_onceFlags.Any(flag => flags.IsTrue(flag)) || flags.Of("key")?.IsTrue("isViewOnce") == true)),
            IsMoving = inner?.IsTrue("gifPlayback") == true || raw?.IsTrue("isGif") == true,
        };
    }

    /// <summary>The address of the message's file; null: it has none, or the container does not say.</summary>
    public static string? AddressOf(JsonElement payload) => payload.Of("media")?.TextOf("url") ?? payload.TextOf("mediaUrl");

    /// <summary>The keys of the messages that this one, or the event, says are deleted for everyone.</summary>
    public static IEnumerable<string?> RevokedKeys(JsonElement payload)
    {
        yield return payload.TextOf("revokedMessageId") is { } id ? WahaIds.KeyOf(id) : null;
        if (payload.Of("_data") is not { } raw)
            yield break;
        // WEBJS
        yield return raw.Of("protocolMessageKey") is not { } named ? null : named.TextOf("id") ?? (named.TextOf("_serialized") is { } serialized ? WahaIds.KeyOf(serialized) : null);
        // NOWEB and GOWS
        Unwrap(raw.Of("message") ?? raw.Of("Message"), [], out _, out var protocol);
        yield return protocol?.Of("key") is { } key ? key.TextOf("id") ?? key.TextOf("ID") : null;
    }

    /// <summary>The innermost part of WhatsApp's own message.</summary>
    /// <param name="words">Gets its name, and what its wrappers say about it.</param>
    /// <param name="fields">The names of the wrappers.</param>
    /// <param name="protocol">What WhatsApp says about another message.</param>
    private static JsonElement? Unwrap(JsonElement? message, List<string> words, out List<string> fields, out JsonElement? protocol)
    {
        (fields, protocol) = ([], null);
        for (var depth = 0; depth < MostWrappers && message is { ValueKind: JsonValueKind.Object } outer; depth++)
        {
            var parts = outer.EnumerateObject()
                .Where(part => part.Value.ValueKind == JsonValueKind.Object || (part.Value.ValueKind == JsonValueKind.String && part.Name == "conversation"))
                .Where(part => !_companions.Contains(part.Name))
                .Select(part => (part.Name, part.Value)).ToList();
            var wrapped = parts.Find(part => _wrappers.Contains(part.Name) && part.Value.Of("message") is not null);
            if (wrapped.Name is null)
            {
                protocol = parts.Find(part => part.Name == "protocolMessage") is { Name: not null } told ? told.Value : null;
                return ContentOf(parts, words);
            }

            fields.Add(wrapped.Name);
            // An edited message contains the new one, which is not news of its own.
            if (wrapped.Name is "editedMessage" or "lottieStickerMessage")
                words.Add(wrapped.Name);
            message = wrapped.Value.Of("message");
        }

        return null;
    }

    private static JsonElement? ContentOf(List<(string Name, JsonElement Value)> parts, List<string> words)
    {
        words.AddRange(parts.Select(part => part.Name == "protocolMessage" ? WordOf(part.Value) : part.Name));
        return parts.Find(part => part.Value.ValueKind == JsonValueKind.Object) is { Name: not null } content ? content.Value : null;
    }

    /// <summary>WhatsApp numbers the kinds of its own messages; number 0 may be left out.</summary>
    private static string WordOf(JsonElement protocol) => protocol.Of("type") switch
    {
        null when protocol.Of("key") is not null => "revoked",
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var type) => type switch { 0 => "revoked", 14 => "edit", _ => "protocol" },
        { ValueKind: JsonValueKind.String } text when text.GetString() == "REVOKE" => "revoked",
        { ValueKind: JsonValueKind.String } text when text.GetString() == "MESSAGE_EDIT" => "edit",
        _ => "protocol",
    };
}
