using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Incoming.Groups;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Parses a webhook of WAHA; only the data needed is kept.</summary>
/// <param name="Id">Identifies a repetition: the message id, as several events may report one message; otherwise the event id.</param>
/// <param name="Told">The event.</param>
internal sealed record WahaEvent(string Id, ChatEvent Told)
{
    private const string UnnamedPhoto = "photo.jpg";

    private static readonly string[] _namesOfMe = ["id", "lid", "jid"];

    /// <returns>Null if there is nothing to do: another kind of event, another session, or one of our own messages.</returns>
    public static WahaEvent? Read(JsonElement body, string session, DateTimeOffset now)
    {
        if (body.TextOf("session") is { } from && from != session || body.Of("payload") is not { } payload)
            return null;

        var told = body.TextOf("event") switch
        {
            "message" or "message.any" => Message(payload, TimeOf(payload, body, now)),
            "group.v2.join" when GroupOf(payload) is { } group =>
                new ChatEvent(ChatEventKind.Joined, group, TimeOf(payload, body, now)) { Members = MembersOf(payload.Of("group") ?? payload) },
            "group.v2.leave" when GroupOf(payload) is { } group => new ChatEvent(ChatEventKind.Ended, group, TimeOf(payload, body, now)),
            "group.v2.participants" when GroupOf(payload) is { } group => Participants(payload, OwnIds(body), group, TimeOf(payload, body, now)),
            _ => null,
        };
        if (told is null)
            return null;
        return (told.Message.Length > 0 ? $"message:{told.Message}" : body.TextOf("id")) is { } id ? new WahaEvent(id, told) : null;
    }

    private static ChatEvent? Message(JsonElement payload, DateTimeOffset at)
    {
        if (payload.IsTrue("fromMe") || IdOf(payload) is not { } id || payload.TextOf("from") is not { } from)
            return null;

        var isGroup = WahaIds.IsGroup(from);
        if (!isGroup && !WahaIds.IsPerson(from))
            return null;
        var content = WahaContent.Read(payload);
        var kind = MessageKinds.Of(content);
        if (!MessageKinds.IsSaid(kind))
            return null;
        var files = FilesOf(payload, kind, content, isGroup);
        // The engine could not read it yet, and tells of it again once it can.
        if (files.Count == 0 && payload.TextOf("body") is null && content.Words.Count == 0)
            return null;
        return new ChatEvent(isGroup ? ChatEventKind.Posted : ChatEventKind.Private, isGroup ? from : WahaIds.Plain(from), at)
        {
            Message = id,
            Author = isGroup ? PersonOf(payload, "participant") ?? PersonOf(payload, "author") : WahaIds.Plain(from),
            Text = kind == MessageKind.Location ? "" : payload.TextOf("body") ?? "",
            Files = files,
            ReplyTo = payload.Of("replyTo") is { ValueKind: JsonValueKind.Object } answered ? WahaIds.KeyOf(answered) : payload.TextOf("replyTo") is { } key ? WahaIds.KeyOf(key) : null,
            ProfileName = payload.Of("_data") is { } raw ? raw.TextOf("notifyName") ?? raw.TextOf("pushName") : null,
            Forwarded = payload.Of("_data") is { } data && data.IsTrue("isForwarded"),
        };
    }

    private static ChatEvent? Participants(JsonElement payload, HashSet<string> own, string group, DateTimeOffset at)
    {
        var members = MembersOf(payload);
        return payload.TextOf("type") switch
        {
            "join" => new ChatEvent(ChatEventKind.Joined, group, at) { Members = members },
            // If the bot left, other members who left with it do not matter.
            "leave" when members.Any(own.Contains) => new ChatEvent(ChatEventKind.Ended, group, at),
            "leave" => new ChatEvent(ChatEventKind.Left, group, at) { Members = members },
            _ => null,
        };
    }

    /// <summary>The number if known, otherwise the hidden id.</summary>
    private static List<string> MembersOf(JsonElement element) =>
        [.. element.ListOf("participants")
            .Where(member => member.TextOf("role") != "left" || element.Of("type") is not null)
            .Select(member => PersonOf(member, "pn") ?? PersonOf(member, "id"))
            .OfType<string>().Distinct()];

    private static HashSet<string> OwnIds(JsonElement body) =>
        body.Of("me") is { } me ? [.. _namesOfMe.Select(name => PersonOf(me, name)).OfType<string>()] : [];

    /// <summary>A group's file is named only if it may be a photo; a private chat answers about any file.</summary>
    private static List<IncomingFile> FilesOf(JsonElement payload, MessageKind kind, MessageContent content, bool isGroup)
    {
        var (type, name) = (content.ContentType, content.FileName.Length > 0 ? content.FileName : UnnamedPhoto);
        if (MessageKinds.FailureOf(kind) is { } failure)
            return isGroup ? [] : [new IncomingFile("", type, Failure: failure)];
        if (!content.HasFile || kind is not (MessageKind.Photo or MessageKind.Document) || (isGroup && !MessageKinds.MayBePhoto(kind, content)))
            return [];
        return [WahaContent.AddressOf(payload) is { } url
            ? new IncomingFile(name, type, Url: url, Origin: WahaCarrier.ChannelName)
            : new IncomingFile(name, type, Failure: FileFailure.Missing)];
    }

    private static string? PersonOf(JsonElement element, string name) =>
        element.TextOf(name) is { } id && WahaIds.IsPerson(id) ? WahaIds.Plain(id)
        : element.Of(name) is { ValueKind: JsonValueKind.Object } serialized && serialized.TextOf("_serialized") is { } inner && WahaIds.IsPerson(inner) ? WahaIds.Plain(inner)
        : null;

    private static string? IdOf(JsonElement payload) => payload.TextOf("id") ?? (payload.Of("id") is { } id ? id.TextOf("_serialized") : null);

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
