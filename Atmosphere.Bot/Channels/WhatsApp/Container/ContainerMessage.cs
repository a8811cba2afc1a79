using System.Text.Json;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Incoming.Groups;

namespace Atmosphere.Bot.Channels.WhatsApp.Container;

/// <summary>A container's post, with the same checks as docs/whatsapp-message.schema.json.</summary>
/// <param name="Id">The container's id; the same id again is the same message.</param>
/// <param name="Told">The event without the media.</param>
/// <param name="Media">The files, in order.</param>
internal sealed partial record ContainerMessage(string Id, ChatEvent Told, IReadOnlyList<ContainerFile> Media)
{
    /// <summary>The number of files that WhatsApp shows in one album.</summary>
    public const int MostMedia = 10;

    private const int LongestId = 200;
    private const int LongestText = 4000;
    private const int MostMembers = 2000;

    private static readonly string[] _known = ["id", "group", "timestamp", "kind", "from", "text", "members", "media", "message"];
    private static readonly string[] _knownOfMedia = ["contentType", "kind", "data"];
    private static readonly string[] _kinds = ["photo", "document", "sticker", "view-once", "gif", "video", "voice"];

    /// <exception cref="RefusedRequestException">422: it violates the schema; the message names the field.</exception>
    public static ContainerMessage Read(JsonElement body, DateTimeOffset now)
    {
        Require(body.EnumerateObject().FirstOrDefault(field => !_known.Contains(field.Name)) is { Value.ValueKind: JsonValueKind.Undefined }, "there is a field that the schema does not know");
        var id = Needed(body, "id", LongestId);
        var group = Needed(body, "group", LongestId);
        var told = TimeOf(body);
        var kind = KindOf(Needed(body, "kind", LongestId));
        var isPost = kind == ChatEventKind.Posted;
        Require(isPost || !(Has(body, "from") || Has(body, "text") || Has(body, "media")), "'from', 'text' and 'media' belong to a message");
        var moves = kind is ChatEventKind.Joined or ChatEventKind.Left;
        Require(moves == Has(body, "members"), "'members' belongs to members-joined and members-left, and to nothing else");
        var withdraws = kind == ChatEventKind.Withdrawn;
        Require(withdraws == Has(body, "message"), "'message' belongs to withdrawn, and to nothing else");
        var media = MediaOf(body);
        return new ContainerMessage(
            id,
            new ChatEvent(kind, group, told < now ? told : now)
            {
                Message = isPost ? id : "",
                Author = Has(body, "from") ? Phone(body.GetProperty("from"), "from") : null,
                Text = Has(body, "text") ? Needed(body, "text", LongestText) : "",
                Members = moves ? MembersOf(body) : [],
                Withdrawn = withdraws ? [Needed(body, "message", LongestId)] : [],
            },
            media);
    }

    /// <summary>In JSON Schema, 1772352000 and 1772352000.0 are the same integer.</summary>
    private static DateTimeOffset TimeOf(JsonElement body)
    {
        var seconds = 0m;
        Require(
            body.Of("timestamp") is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out seconds)
            && seconds == decimal.Truncate(seconds) && seconds is > 0 and < 100_000_000_000,
            "'timestamp' is no number of whole seconds since 1970");
        return DateTimeOffset.FromUnixTimeSeconds((long)seconds);
    }

    private static bool Has(JsonElement body, string name) => body.TryGetProperty(name, out _);

    private static string Needed(JsonElement body, string name, int longest)
    {
        var text = body.TextOf(name);
        // JSON Schema counts code points, not UTF-16 units.
        Require(text is not null && text.EnumerateRunes().Count() <= longest, $"'{name}' is no text of 1 to {longest} characters");
        return text!;
    }

    private static ChatEventKind KindOf(string kind) => kind switch
    {
        "message" => ChatEventKind.Posted,
        "members-joined" => ChatEventKind.Joined,
        "members-left" => ChatEventKind.Left,
        "group-left" => ChatEventKind.Ended,
        "withdrawn" => ChatEventKind.Withdrawn,
        _ => throw Refuse("'kind' is none of message, withdrawn, members-joined, members-left and group-left"),
    };

    private static List<string> MembersOf(JsonElement body)
    {
        Require(body.GetProperty("members") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is > 0 and <= MostMembers, $"'members' is no list of 1 to {MostMembers} numbers");
        return [.. body.GetProperty("members").EnumerateArray().Select(member => Phone(member, "members")).Distinct()];
    }

    private static string Phone(JsonElement element, string name)
    {
        Require(
            element.Text() is { } number && PhoneNumber().IsMatch(number),
            $"'{name}' has something that is no number such as +15551234567");
        return element.GetString()!;
    }

    private static List<ContainerFile> MediaOf(JsonElement body)
    {
        if (!Has(body, "media"))
            return [];
        Require(body.GetProperty("media") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is > 0 and <= MostMedia, $"'media' is no list of 1 to {MostMedia} files");
        return [.. body.GetProperty("media").EnumerateArray().Select(Decode)];
    }

    private static ContainerFile Decode(JsonElement file)
    {
        Require(
            file.ValueKind == JsonValueKind.Object && file.EnumerateObject().All(field => _knownOfMedia.Contains(field.Name))
            && file.TextOf("contentType") is { } declared && ContentType().IsMatch(declared),
            "'media' has a file without a contentType such as image/jpeg, or with a field that the schema does not know");
        Require(!Has(file, "kind") || _kinds.Contains(file.TextOf("kind")), $"'media' has a file whose 'kind' is none of {string.Join(", ", _kinds)}");
        byte[]? bytes = null;
        Require(
            file.Of("data") is { ValueKind: JsonValueKind.String } data && data.TryGetBytesFromBase64(out bytes) && bytes.Length > 0,
            "'media' has a file whose data are not in base64, or empty");
        Require(bytes!.Length <= RequestBody.LargestFile, "'media' has a file of more than 25 MB");
        return new ContainerFile(bytes, file.TextOf("contentType")!, file.TextOf("kind"));
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw Refuse(otherwise);
    }

    private static RefusedRequestException Refuse(string because) =>
        new(422, $"The message is not as the schema says: {because}. See {ContainerEndpoint.SchemaPath}.");

    [GeneratedRegex(@"\A\+[1-9][0-9]{5,14}\z")]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(@"\A(?:image|video|audio|application|binary)/[a-zA-Z0-9.+-]{1,60}\z")]
    private static partial Regex ContentType();
}

/// <summary>A file of a container's message.</summary>
/// <param name="Bytes">The whole file.</param>
/// <param name="ContentType">As declared by the container; the content decides.</param>
/// <param name="Kind">What the container says it was sent as, such as sticker; null: it does not say.</param>
internal sealed record ContainerFile(byte[] Bytes, string ContentType, string? Kind)
{
    /// <summary>Whether it is to be looked at as a photo.</summary>
    public bool MayBePhoto
    {
        get
        {
            var content = new MessageContent { Words = Kind is null ? [] : [Kind], ContentType = ContentType, HasFile = true };
            return MessageKinds.MayBePhoto(MessageKinds.Of(content), content) && !StickerFile.Is(Bytes);
        }
    }
}
