using System.Text;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>One request that must come to nothing.</summary>
/// <param name="Door">Where it knocks.</param>
/// <param name="Body">What it carries.</param>
/// <param name="ContentType">What it says that it carries.</param>
/// <param name="Signature">What it says that it is signed by; null: nothing.</param>
internal sealed record HostileBody(HostileDoor Door, byte[] Body, string? ContentType, string? Signature)
{
    private static readonly string[] _texts =
    [
        "help", "\0", "'; DROP TABLE turns; --", "{\"a\":", "%", "%zz", "\ud83d\ude00", "א", "<Response><Message>hi</Message></Response>", "../../..", "{0}", "${jndi:ldap://x}",
        "\u202e\u0000\uffff", "null", "true", "-1", "1e999", "[]", "{}",
    ];

    private static readonly string[] _types =
        ["application/json", "text/plain", "text/xml", "multipart/form-data; boundary=\"", "application/octet-stream", "application/x-www-form-urlencoded2", "nonsense", "", "*/*"];

    public static HostileBody Random(Random random, IReadOnlyList<HostileDoor> doors)
    {
        var door = doors[random.Next(doors.Count)];
        var genuine = door.Genuine(random);
        var signature = door.Sign(door.Path, genuine, door.Key);
        return random.Next(11) switch
        {
            0 => Of(door, genuine, null),
            1 => Of(door, genuine, door.Sign(door.Path, genuine, "key-of-a-stranger")),
            2 => Of(door, genuine, door.Sign(door.Path + "/other", genuine + "x", door.Key)),
            3 => Of(door, Change(random, genuine), signature),
            4 => new HostileBody(door, Encoding.UTF8.GetBytes(genuine), _types[random.Next(_types.Length)], signature),
            5 => new HostileBody(door, Noise(random, random.Next(4000)), door.ContentType, signature),
            6 => new HostileBody(door, [], door.ContentType, random.Next(2) == 0 ? signature : ""),
            7 => Of(door, genuine, Garbage(random)),
            8 => Of(door, string.Join('&', Enumerable.Range(0, 800).Select(number => $"x{number}=1")), signature),
            9 => Of(door, genuine + "&Body=" + new string('x', 140_000), signature),
            _ => Of(door, genuine, signature),
        };
    }

    public static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => _texts[random.Next(_texts.Length)]));

    public HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Door.Path) { Content = new ByteArrayContent(Body) };
        if (ContentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        if (Door.Also is { } also)
            request.Headers.Add(also.Name, also.Value);
        if (Signature is not null)
            request.Headers.TryAddWithoutValidation(Door.Header, Signature);
        return request;
    }

    private static HostileBody Of(HostileDoor door, string body, string? signature) => new(door, Encoding.UTF8.GetBytes(body), door.ContentType, signature);

    private static string Change(Random random, string body)
    {
        var at = random.Next(body.Length);
        return random.Next(3) switch
        {
            0 => body[..at],
            1 => body.Insert(at, "%F0%28%8C%28"),
            _ => body + "&" + body,
        } + "&x=1";
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Letters that a header may have.</summary>
    private static string Garbage(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => (char)random.Next(33, 127)));
}
