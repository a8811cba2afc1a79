using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Incoming.Groups;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Parses a webhook of WAHA; only the data needed is kept.</summary>
/// <param name="Id">Identifies a repetition: chat and key of a message, as several events may report one message; otherwise the event id.</param>
/// <param name="Told">The event.</param>
internal sealed record WahaEvent(string Id, ChatEvent Told)
{
    private const string UnnamedPhoto = "photo.jpg";

    private static readonly string[] _namesOfMe = ["id", "lid", "jid"];

    /// <returns>Null if there is nothing to do: another kind of event, another session, or one of the bot's own messages.</returns>
    public static WahaEvent? Read(JsonElement body, string session, DateTimeOffset now)
    {
        if (body.TextOf("session") is { } from && from != session || body.Of("payload") is not { } payload)
            return null;

        var told = body.TextOf("event") switch
        {
            "message" or "message.any" => Message(payload, OwnIds(body), TimeOf(payload, body, now), now),
            "message.revoked" => Withdrawal(payload, TimeOf(payload.Of("after") ?? payload, body, now)),
            "group.v2.join" when GroupOf(payload) is { } group => WithMembers(new ChatEvent(ChatEventKind.Joined, group, TimeOf(payload, body, now)), payload.Of("group") ?? payload),
            "group.v2.leave" when GroupOf(payload) is { } group => new ChatEvent(ChatEventKind.Ended, group, TimeOf(payload, body, now)),
            "group.v2.participants" when GroupOf(payload) is { } group => Participants(payload, OwnIds(body), group, TimeOf(payload, body, now)),
            _ => null,
        };
        if (told is null)
            return null;
        return told switch
        {
            { Message.Length: > 0 } => new WahaEvent($"message:{told.Chat}:{told.Message}", told),
            { Withdrawn: [var message, ..] } => new WahaEvent($"withdrawn:{told.Chat}:{message}", told),
            _ => body.TextOf("id") is { } id ? new WahaEvent(id, told) : null,
        };
    }

    private static ChatEvent? Message(JsonElement payload, List<string> own, DateTimeOffset at, DateTimeOffset now)
    {
        if (WahaIds.KeyOf(payload) is not { } key || ChatOf(payload) is not { } chat)
            return null;
        var isGroup = WahaIds.IsGroup(chat);
        // A photo that is posted from the phone that the container is linked to is one of the class; what the bot says comes back as an echo.
        var isOwn = payload.IsTrue("fromMe");
        if (isOwn && !(isGroup && payload.TextOf("source") == "app"))
            return null;
        var content = WahaContent.Read(payload);
        var kind = MessageKinds.Of(content);
        if (kind == MessageKind.Withdrawal)
            return Withdrawal(payload, at);
        if (!MessageKinds.IsSaid(kind))
            return null;
        var files = FilesOf(payload, kind, content, isGroup, now);
        // The engine could not read it yet, and tells of it again once it can.
        if (files.Count == 0 && payload.TextOf("body") is null && content.Words.Count == 0)
            return null;
        return new ChatEvent(isGroup ? ChatEventKind.Posted : ChatEventKind.Private, chat, at)
        {
            Message = key,
            Author = isOwn ? own.FirstOrDefault(id => !WahaIds.IsHidden(id)) ?? (own.Count > 0 ? own[0] : null)
                : isGroup ? WahaPeople.Of(payload, "participant") ?? WahaPeople.Of(payload, "author")
                : chat,
            Numbers = WahaPeople.Numbers(payload),
            Text = kind == MessageKind.Location ? "" : payload.TextOf("body") ?? "",
            Files = files,
            ReplyTo = payload.Of("replyTo") is { ValueKind: JsonValueKind.Object } answered ? WahaIds.KeyOf(answered) : payload.TextOf("replyTo") is { } reply ? WahaIds.KeyOf(reply) : null,
            ProfileName = payload.Of("_data") is { } raw ? raw.TextOf("notifyName") ?? raw.TextOf("pushName") : null,
            Forwarded = payload.Of("_data") is { } data && data.IsTrue("isForwarded"),
        };
    }

    /// <summary>A message of a group was deleted for everyone. Some engines give the deletion an id of its own, so every key that it names counts.</summary>
    private static ChatEvent? Withdrawal(JsonElement payload, DateTimeOffset at)
    {
        var parts = new[] { payload, payload.Of("after"), payload.Of("before") }.OfType<JsonElement>().ToList();
        var chat = parts.Select(ChatOf).OfType<string>().FirstOrDefault(WahaIds.IsGroup);
        var keys = parts.SelectMany(WahaContent.RevokedKeys).Concat(parts.Skip(1).Select(WahaIds.KeyOf)).OfType<string>().Distinct().ToList();
        return chat is null || keys.Count == 0 ? null : new ChatEvent(ChatEventKind.Withdrawn, chat, at) { Withdrawn = keys };
    }

    private static ChatEvent? Participants(JsonElement payload, List<string> own, string group, DateTimeOffset at) => payload.TextOf("type") switch
    {
        "join" => WithMembers(new ChatEvent(ChatEventKind.Joined, group, at), payload),
        // If the bot left, other members who left with it do not matter.
        "leave" when WahaPeople.Members(payload).Any(own.Contains) => new ChatEvent(ChatEventKind.Ended, group, at),
        "leave" => WithMembers(new ChatEvent(ChatEventKind.Left, group, at), payload),
        _ => null,
    };

    private static ChatEvent WithMembers(ChatEvent told, JsonElement element) =>
        told with { Members = WahaPeople.Members(element), Numbers = WahaPeople.Numbers(element) };

    private static List<string> OwnIds(JsonElement body) =>
        body.Of("me") is { } me ? [.. _namesOfMe.Select(name => WahaPeople.Of(me, name)).OfType<string>().Distinct()] : [];

    /// <summary>A group's file is named only if it may be a photo; a private chat answers about any file.</summary>
    private static List<IncomingFile> FilesOf(JsonElement payload, MessageKind kind, MessageContent content, bool isGroup, DateTimeOffset now)
    {
        var (type, name) = (content.ContentType, content.FileName.Length > 0 ? content.FileName : UnnamedPhoto);
        if (MessageKinds.FailureOf(kind) is { } failure)
            return isGroup ? [] : [new IncomingFile("", type, Failure: failure)];
        if (!content.HasFile || kind is not (MessageKind.Photo or MessageKind.Document) || (isGroup && !MessageKinds.MayBePhoto(kind, content)))
            return [];
        return [WahaContent.AddressOf(payload) is { } url
            ? new IncomingFile(name, type, Url: url, Origin: WahaCarrier.ChannelName) { ToldAt = now }
            : new IncomingFile(name, type, Failure: FileFailure.Missing)];
    }

    /// <summary>
    /// The chat of a message. Of a message of the own phone it is the group wherever that is named, because engines differ.
    /// </summary>
    private static string? ChatOf(JsonElement payload)
    {
        var from = payload.TextOf("from");
        if (!payload.IsTrue("fromMe") && (WahaIds.IsGroup(from) || WahaIds.IsPerson(from)))
            return WahaIds.Plain(from!);
        string?[] names = [from, payload.TextOf("to"), payload.TextOf("chatId"), WahaIds.ChatOf(payload)];
        return names.FirstOrDefault(WahaIds.IsGroup);
    }

    private static string? GroupOf(JsonElement payload) =>
        (payload.Of("group") is { } group ? group.TextOf("id") : null) is { } id && WahaIds.IsGroup(id) ? id : null;

    /// <summary>The payload's own time in seconds, otherwise the envelope's in milliseconds; never later than now.</summary>
    private static DateTimeOffset TimeOf(JsonElement payload, JsonElement body, DateTimeOffset now)
    {
        var milliseconds = payload.NumberOf("timestamp") is { } seconds and > 0
            ? seconds > 100_000_000_000 ? seconds : seconds * 1000
            : body.NumberOf("timestamp");
        return milliseconds is > 0 and < 4e12 && DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) is var at && at < now ? at : now;
    }
}
