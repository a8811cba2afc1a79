using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Atmosphere.Bench.Vendors;

/// <summary>Plays Slack's Web API: keeps the current messages, the opened forms, and all texts.</summary>
internal sealed class FakeSlack : IAsyncDisposable
{
    public const string Channel = "C0FAKE";
    public const string Bot = "U0BOT";
    public const string Team = "T0FAKE";

    private readonly ConcurrentDictionary<string, JsonObject> _messages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _files = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly IReadOnlyList<string> _members;
    private int _number;

    private FakeSlack(WebApplication app, IReadOnlyList<string> members) => (_app, _members) = (app, members);

    /// <summary>With api/ at its end.</summary>
    public Uri Address => new(new Uri(_app.Urls.First()), "/api/");

    /// <summary>The messages of the channel as they stand: blocks by the question that they are about.</summary>
    public IReadOnlyDictionary<string, JsonObject> Messages => _messages;

    /// <summary>Forms that were opened, by the trigger of the click.</summary>
    public ConcurrentDictionary<string, JsonObject> Forms { get; } = new(StringComparer.Ordinal);

    /// <summary>Texts of all messages, forms and answers.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>How many files it has.</summary>
    public int Files => _files.Count;

    public static async Task<FakeSlack> StartAsync(IReadOnlyList<string> members, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{IPAddress.Loopback}:0");
        var app = builder.Build();
        var slack = new FakeSlack(app, members);
        app.MapPost("/upload/{file}", () => Results.Ok());
        app.MapPost("/answer/{id}", async (HttpContext context) => slack.Said.Enqueue(await new StreamReader(context.Request.Body).ReadToEndAsync()));
        app.MapPost("/api/{method}", async (HttpContext context, string method) => Results.Content((await slack.AnswerAsync(context, method)).ToJsonString(), "application/json"));
        await app.StartAsync(cancellation);
        return slack;
    }

    /// <summary>Where a click is answered later.</summary>
    public string AnswerUrl() => new Uri(Address, $"/answer/{Interlocked.Increment(ref _number)}").ToString();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<JsonObject> AnswerAsync(HttpContext context, string method)
    {
        var call = await ReadAsync(context.Request);
        switch (method)
        {
            case "auth.test":
                return Ok(("team_id", Team), ("user_id", Bot), ("bot_id", "B0BOT"));
            case "files.getUploadURLExternal":
                var file = $"F{Next()}";
                _files[file] = 0;
                return Ok(("upload_url", new Uri(Address, $"/upload/{file}").ToString()), ("file_id", file));
            case "files.completeUploadExternal":
                return Ok(("files", new JsonArray([.. Json(call, "files")!.AsArray().Select(one => new JsonObject { ["id"] = one!["id"]!.ToString() })])));
            case "files.info":
                return _files.ContainsKey(Text(call, "file"))
                    ? Ok(("file", new JsonObject { ["id"] = Text(call, "file"), ["mimetype"] = "image/jpeg", ["filetype"] = "jpg", ["mode"] = "hosted" }))
                    : Refused("file_not_found");
            case "files.delete":
                return _files.TryRemove(Text(call, "file"), out _) ? Ok() : Refused("file_not_found");
            case "chat.postMessage":
                var ts = $"1772438400.{Next()}";
                Keep(call, ts);
                return Ok(("channel", Channel), ("ts", ts), ("message", new JsonObject { ["ts"] = ts }));
            case "chat.update":
                Keep(call, Text(call, "ts"));
                return Ok(("channel", Channel), ("ts", Text(call, "ts")));
            case "conversations.history":
                return Ok(("messages", new JsonArray()), ("has_more", false));
            case "conversations.members":
                return Ok(("members", new JsonArray([.. _members.Select(member => JsonValue.Create(member))])), ("response_metadata", new JsonObject { ["next_cursor"] = "" }));
            case "conversations.open":
                return Ok(("channel", new JsonObject { ["id"] = $"D{Next()}" }));
            case "users.info":
                var user = Text(call, "user");
                return Ok(("user", new JsonObject
                {
                    ["id"] = user,
                    ["team_id"] = Team,
                    ["locale"] = "en-US",
                    ["is_bot"] = false,
                    ["deleted"] = false,
                    ["real_name"] = user,
                    ["profile"] = new JsonObject { ["real_name"] = user, ["display_name"] = user },
                }));
            case "views.open":
                var view = Json(call, "view")!.DeepClone().AsObject();
                view["id"] = $"V{Next()}";
                Said.Enqueue(call.ToJsonString());
                Forms[Text(call, "trigger_id")] = view;
                return Ok(("view", new JsonObject { ["id"] = view["id"]!.ToString() }));
            default:
                Said.Enqueue(call.ToJsonString());
                return Ok(("ts", $"1772438400.{Next()}"), ("message_ts", ""), ("channel", Channel));
        }
    }

    private void Keep(JsonObject call, string ts)
    {
        Said.Enqueue(call.ToJsonString());
        if (call["thread_ts"] is null && Json(call, "blocks") is JsonArray blocks)
            _messages[ts] = new JsonObject { ["ts"] = ts, ["blocks"] = blocks.DeepClone() };
    }

    private string Next() => Interlocked.Increment(ref _number).ToString("D6", CultureInfo.InvariantCulture);

    private static async Task<JsonObject> ReadAsync(HttpRequest request)
    {
        if (request.HasJsonContentType())
            return (await JsonNode.ParseAsync(request.Body))!.AsObject();
        var form = await request.ReadFormAsync();
        return new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)JsonValue.Create(field.Value.ToString()))));
    }

    /// <summary>A part that is JSON, or JSON in a text.</summary>
    private static JsonNode? Json(JsonObject call, string name) =>
        call[name] is JsonValue text && text.TryGetValue<string>(out var inner) ? JsonNode.Parse(inner) : call[name];

    private static string Text(JsonObject call, string name) => call[name]?.ToString() ?? "";

    private static JsonObject Ok(params (string Name, JsonNode? Value)[] parts)
    {
        var answer = new JsonObject { ["ok"] = true };
        foreach (var (name, value) in parts)
            answer[name] = value;
        return answer;
    }

    private static JsonObject Refused(string error) => new() { ["ok"] = false, ["error"] = error };
}
