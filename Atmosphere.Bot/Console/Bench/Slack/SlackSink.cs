using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Console.Bench.Slack;

/// <summary>Plays Slack's Web API: everybody belongs to the channel, and whatever is said is taken.</summary>
internal sealed class SlackSink : IAsyncDisposable
{
    public const string Team = "T00BENCH0";

    private readonly WebApplication _app;
    private int _count;

    private SlackSink(WebApplication app) => _app = app;

    /// <summary>With a / at its end.</summary>
    public Uri Address => new(new Uri(_app.Urls.First()), "/");

    public static async Task<SlackSink> StartAsync(IReadOnlyList<string> colleagues, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{IPAddress.Loopback}:0");
        var app = builder.Build();
        var sink = new SlackSink(app);
        app.MapPost("/api/{method}", async (HttpContext context, string method) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return Results.Text(sink.Answer(method, form["user"].ToString(), colleagues).ToJsonString(), "application/json");
        });
        app.MapPost("/upload", () => "OK");
        app.MapPost("/answer", () => "ok");
        await app.StartAsync(cancellation);
        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private JsonObject Answer(string method, string user, IReadOnlyList<string> colleagues)
    {
        var number = Interlocked.Increment(ref _count).ToString("D8", CultureInfo.InvariantCulture);
        var answer = new JsonObject { ["ok"] = true };
        (string Name, JsonNode Value)[] fields = method switch
        {
            "auth.test" => [("team_id", Team), ("user_id", "U00000BOT"), ("bot_id", "B00000BOT")],
            "conversations.members" => [("members", new JsonArray([.. colleagues.Select(colleague => JsonValue.Create(colleague))]))],
            "users.info" => [("user", new JsonObject
            {
                ["id"] = user,
                ["team_id"] = Team,
                ["locale"] = "en-US",
                ["profile"] = new JsonObject { ["real_name"] = $"Colleague {user}", ["display_name"] = user },
            })],
            "files.getUploadURLExternal" => [("upload_url", $"{Address}upload"), ("file_id", $"F{number}")],
            "files.completeUploadExternal" => [("files", new JsonArray(new JsonObject { ["id"] = $"F{number}" }))],
            "chat.postMessage" => [("channel", "C00000BENCH"), ("ts", $"1772352000.{number[2..]}")],
            _ => [],
        };
        foreach (var (name, value) in fields)
            answer[name] = value;
        return answer;
    }
}
