using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atmosphere.Bench.Vendors;

/// <summary>Plays a WAHA container as documented: an API with a key, and signed webhooks.</summary>
internal sealed class FakeWaha : IAsyncDisposable
{
    public const string Key = "a-key-of-the-container";
    public const string HmacKey = "a-key-of-the-webhook";
    public const string Me = "15550009999@c.us";

    private readonly HttpClient _http = new();
    private LocalVendor _server = null!;
    private int _events;
    private int _keys;

    /// <summary>What was posted: chat and text.</summary>
    public ConcurrentQueue<(string Chat, string Text)> Said { get; } = new();

    /// <summary>Bodies of sendImage.</summary>
    public ConcurrentQueue<JsonObject> Images { get; } = new();

    /// <summary>Bodies of sendFile.</summary>
    public ConcurrentQueue<JsonObject> SentFiles { get; } = new();

    /// <summary>What it lists of chats: chat and message.</summary>
    public ConcurrentQueue<(string Chat, JsonObject Message)> Listed { get; } = new();

    /// <summary>Paths of files that were fetched.</summary>
    public ConcurrentQueue<string> Fetched { get; } = new();

    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>Members by group: id and, where it is known, number.</summary>
    public ConcurrentDictionary<string, (string Id, string? Number)[]> Members { get; } = new();

    /// <summary>Numbers of hidden ids.</summary>
    public ConcurrentDictionary<string, string> Hidden { get; } = new();

    /// <summary>Answers before anything else; true: it has.</summary>
    public Func<HttpContext, Task<bool>> Before { get; set; } = _ => Task.FromResult(false);

    public (string, string)[] Settings =>
    [
        ("Atmosphere:Channels:WhatsApp:Waha:BaseUrl", $"{_server.Address}"),
        ("Atmosphere:Channels:WhatsApp:Waha:ApiKey", Key),
        ("Atmosphere:Channels:WhatsApp:Waha:HmacKey", HmacKey),
    ];

    public static async Task<FakeWaha> StartAsync()
    {
        var vendor = new FakeWaha();
        vendor._server = await LocalVendor.StartAsync(vendor.AnswerAsync);
        return vendor;
    }

    public static string Sign(byte[] body) => Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(HmacKey), body));

    /// <summary>A webhook as WAHA sends it.</summary>
    public JsonObject Event(string name, JsonObject payload) => new()
    {
        ["id"] = $"evt_{Interlocked.Increment(ref _events):D26}",
        ["timestamp"] = 1772352000000,
        ["event"] = name,
        ["session"] = "default",
        ["me"] = new JsonObject { ["id"] = Me, ["pushName"] = "Atmosphere", ["lid"] = "777000777@lid" },
        ["payload"] = payload,
        ["engine"] = "GOWS",
        ["environment"] = new JsonObject { ["version"] = "2026.1.1", ["tier"] = "PLUS" },
    };

    /// <param name="at">Seconds since 1970.</param>
    public JsonObject Message(string group, string author, string text, string id, long at, string? file = null, string type = "image/jpeg") => Event("message", new JsonObject
    {
        ["id"] = $"false_{group}_{id}_{author}",
        ["timestamp"] = at,
        ["from"] = group,
        ["participant"] = author,
        ["fromMe"] = false,
        ["to"] = Me,
        ["body"] = text,
        ["hasMedia"] = file is not null,
        ["media"] = file is null ? null : new JsonObject { ["url"] = $"http://localhost:3000/api/files/default/{file}", ["mimetype"] = type, ["filename"] = null },
        ["_data"] = new JsonObject { ["notifyName"] = "Somebody" },
    });

    public JsonObject Moved(string group, string type, long at, params string[] members) => Event("group.v2.participants", new JsonObject
    {
        ["group"] = new JsonObject { ["id"] = group },
        ["type"] = type,
        ["timestamp"] = at,
        ["participants"] = new JsonArray([.. members.Select(member => new JsonObject { ["id"] = member, ["role"] = type == "leave" ? "left" : "participant" })]),
    });

    public JsonObject Left(string group, long at) =>
        Event("group.v2.leave", new JsonObject { ["timestamp"] = at, ["group"] = new JsonObject { ["id"] = group } });

    public async Task<int> PostAsync(Uri server, JsonNode body, string? signature = null, string algorithm = "sha512") =>
        await PostAsync(server, Encoding.UTF8.GetBytes(body.ToJsonString()), signature, algorithm);

    public async Task<int> PostAsync(Uri server, byte[] bytes, string? signature = null, string algorithm = "sha512")
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/whatsapp/waha")) { Content = content };
        request.Headers.Add("X-Webhook-Request-Id", Guid.NewGuid().ToString());
        request.Headers.Add("X-Webhook-Timestamp", "1772352000000");
        if (signature != "")
            request.Headers.Add("X-Webhook-Hmac", signature ?? Sign(bytes));
        request.Headers.Add("X-Webhook-Hmac-Algorithm", algorithm);
        using var response = await _http.SendAsync(request);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (await Before(context))
            return;
        Require(context.Request.Headers["X-Api-Key"] == Key, "the key of the container");
        var path = Uri.UnescapeDataString(context.Request.Path.Value!);
        object? answer = path switch
        {
            "/api/sendText" or "/api/sendImage" or "/api/sendFile" => await TakeAsync(context),
            _ when path.StartsWith("/api/default/chats/", StringComparison.Ordinal) && path.EndsWith("/messages", StringComparison.Ordinal) =>
                Listed.Where(listed => listed.Chat == path.Split('/')[4]).Select(listed => listed.Message).Reverse(),
            _ when path.StartsWith("/api/default/groups/", StringComparison.Ordinal) && path.EndsWith("/participants/v2", StringComparison.Ordinal) =>
                Members.TryGetValue(path.Split('/')[4], out var members) ? members.Select(member => new { id = member.Id, pn = member.Number, role = "participant" }) : null,
            _ when path.StartsWith("/api/default/lids/", StringComparison.Ordinal) =>
                new { lid = path.Split('/')[4], pn = Hidden.GetValueOrDefault(path.Split('/')[4]) },
            _ => null,
        };
        if (path.StartsWith("/api/files/default/", StringComparison.Ordinal) && Files.TryGetValue(path.Split('/')[^1], out var file))
        {
            Fetched.Enqueue(path);
            await context.Response.Body.WriteAsync(file);
        }
        else if (answer is null)
        {
            context.Response.StatusCode = 404;
        }
        else
        {
            await context.Response.WriteAsJsonAsync(answer);
        }
    }

    /// <summary>Sends a message, as it would with an end of the call or without.</summary>
    public async Task<object> TakeAsync(HttpContext context)
    {
        Require(HttpMethods.IsPost(context.Request.Method), "POST");
        var body = (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body))!;
        Require((string?)body["session"] == "default", "the session default");
        var (chat, text) = ((string)body["chatId"]!, (string?)body["text"] ?? (string)body["caption"]!);
        var id = $"true_{chat}_KEY{Interlocked.Increment(ref _keys)}";
        Listed.Enqueue((chat, new JsonObject { ["id"] = id, ["timestamp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), ["from"] = Me, ["fromMe"] = true, ["body"] = text, ["ack"] = 1 }));
        switch (context.Request.Path.Value)
        {
            case "/api/sendImage":
                Images.Enqueue(body);
                break;
            case "/api/sendFile":
                SentFiles.Enqueue(body);
                break;
            default:
                Said.Enqueue((chat, text));
                break;
        }

        return new { id, fromMe = true };
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"A request lacks {what}.");
    }
}
