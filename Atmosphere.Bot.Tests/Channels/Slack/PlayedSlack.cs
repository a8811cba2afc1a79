using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Questions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>Slack on both sides of the server: signs what people do there, and answers the Web API about them.</summary>
internal sealed class PlayedSlack : IAsyncDisposable
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    public const string Token = "xoxb-of-the-tests";
    public const string Team = "T0000TEAM";
    public const string Room = "C0000ROOM";
    public const string Bot = "U0000BOT";

    private readonly LocalVendor _vendor;
    private readonly HttpClient _http;
    private int _number;

    private PlayedSlack(LocalVendor vendor, BotServer server, TestClock clock, FakeQuestions questions, RecordingTags tags)
    {
        _vendor = vendor;
        Server = server;
        Clock = clock;
        Questions = questions;
        Tags = tags;
        _http = new HttpClient { BaseAddress = server.Address };
    }

    public BotServer Server { get; }

    public TestClock Clock { get; }

    public FakeQuestions Questions { get; }

    public RecordingTags Tags { get; }

    /// <summary>Every call of the Web API and every answer at a response_url: method and arguments.</summary>
    public ConcurrentQueue<(string Method, JsonObject Arguments)> Calls { get; private init; } = new();

    /// <summary>users.info by id; each is in the room.</summary>
    public ConcurrentDictionary<string, JsonObject> Users { get; private init; } = new();

    /// <summary>Ids of the room's members.</summary>
    public ConcurrentDictionary<string, bool> Members { get; private init; } = new();

    /// <summary>What a method answers in place of its success: a word of Slack's.</summary>
    public ConcurrentDictionary<string, string> Errors { get; private init; } = new();

    public static async Task<PlayedSlack> StartAsync(Action<IServiceCollection>? replace = null, params (string Key, string Value)[] settings)
    {
        var calls = new ConcurrentQueue<(string, JsonObject)>();
        var users = new ConcurrentDictionary<string, JsonObject>();
        var members = new ConcurrentDictionary<string, bool>();
        var errors = new ConcurrentDictionary<string, string>();
        var vendor = await LocalVendor.StartAsync(context => AnswerAsync(context, calls, users, members, errors));
        var (clock, questions, tags) = (new TestClock(), new FakeQuestions(), new RecordingTags());
        var server = await BotServer.StartAsync(
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                services.Replace(ServiceDescriptor.Singleton<IQuestions>(questions));
                services.Replace(ServiceDescriptor.Singleton<IFaceTags>(tags));
                replace?.Invoke(services);
            },
            [
                ("Atmosphere:Channels:Slack:BotToken", Token), ("Atmosphere:Channels:Slack:SigningSecret", Secret), ("Atmosphere:Channels:Slack:Channel", Room),
                ("Atmosphere:Channels:Slack:ApiBaseUrl", $"{vendor.Address}api/"), .. settings,
            ]);
        var slack = new PlayedSlack(vendor, server, clock, questions, tags) { Calls = calls, Users = users, Members = members, Errors = errors };
        slack.Add("U0000DANA");
        return slack;
    }

    /// <summary>Somebody in the workspace.</summary>
    /// <param name="more">Further fields of users.info.</param>
    public void Add(string user, bool isInRoom = true, params (string Name, JsonNode Value)[] more)
    {
        var row = new JsonObject { ["id"] = user, ["team_id"] = Team, ["locale"] = "en-US", ["is_bot"] = false, ["deleted"] = false };
        foreach (var (name, value) in more)
            row[name] = value;
        Users[user] = row;
        if (isInRoom)
            Members[user] = true;
    }

    public async Task<(HttpStatusCode Status, string Body)> PostAsync(
        string path, string body, string type = "application/x-www-form-urlencoded", string? signature = null, string? timestamp = null, string secret = Secret)
    {
        var second = timestamp ?? $"{Clock.GetUtcNow().ToUnixTimeSeconds()}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (second.Length > 0)
            request.Headers.TryAddWithoutValidation(SlackSignature.Timestamp, second);
        var sign = signature ?? SlackSignature.Of(second, Encoding.UTF8.GetBytes(body), secret);
        if (sign.Length > 0)
            request.Headers.TryAddWithoutValidation(SlackSignature.Header, sign);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>An interaction; it must be answered with 200.</summary>
    /// <returns>The answer; null: an empty one.</returns>
    public async Task<JsonNode?> InteractAsync(JsonObject payload, string path = "/slack/interactivity")
    {
        var (status, body) = await PostAsync(path, $"payload={Uri.EscapeDataString(payload.ToJsonString())}");
        Assert.Equal(HttpStatusCode.OK, status);
        return body.Length > 0 ? JsonNode.Parse(body) : null;
    }

    /// <summary>A command; it must be answered with 200.</summary>
    public async Task<JsonNode?> CommandAsync(string text, string user = "U0000DANA")
    {
        var form = string.Join('&', new (string Name, string Value)[]
        {
            ("token", "x"), ("team_id", Team), ("channel_id", Room), ("user_id", user), ("command", "/atmosphere"), ("text", text),
            ("response_url", ResponseUrl), ("trigger_id", $"{Next()}"),
        }.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
        var (status, body) = await PostAsync("/slack/commands", form);
        Assert.Equal(HttpStatusCode.OK, status);
        return body.Length > 0 ? JsonNode.Parse(body) : null;
    }

    public Task<(HttpStatusCode Status, string Body)> EventAsync(JsonObject told, string? id = null) => PostAsync(
        "/slack/events",
        new JsonObject
        {
            ["type"] = "event_callback",
            ["team_id"] = Team,
            ["event_id"] = id ?? $"Ev{Next()}",
            ["authorizations"] = new JsonArray(new JsonObject { ["user_id"] = Bot, ["is_bot"] = true }),
            ["event"] = told,
        }.ToJsonString(),
        "application/json");

    /// <summary>A button below a post in the room, or, with a view, in it.</summary>
    public JsonObject Click(string action, string value, string user = "U0000DANA", string block = "row", JsonObject? view = null)
    {
        var payload = new JsonObject
        {
            ["type"] = "block_actions",
            ["user"] = new JsonObject { ["id"] = user, ["team_id"] = Team },
            ["team"] = new JsonObject { ["id"] = Team },
            ["trigger_id"] = $"trigger-{Next()}",
            ["actions"] = new JsonArray(new JsonObject
            {
                ["action_id"] = action,
                ["block_id"] = block,
                ["action_ts"] = $"{1_772_352_000 + _number}.000100",
                [action == "tag.select" ? "selected_option" : "value"] = action == "tag.select" ? new JsonObject { ["value"] = value } : value,
            }),
        };
        if (view is not null)
            payload["view"] = view;
        else
            (payload["channel"], payload["response_url"]) = (new JsonObject { ["id"] = Room }, ResponseUrl);
        return payload;
    }

    /// <summary>Lets the server ask who somebody is, so that what they do is taken at once.</summary>
    public async Task GetKnownAsync(string user = "U0000DANA")
    {
        _ = await CommandAsync("help", user);
        await HeardAsync("response_url", 1);
        Calls.Clear();
    }

    /// <summary>Waits until a method was called so often.</summary>
    public async Task<IReadOnlyList<JsonObject>> HeardAsync(string method, int count)
    {
        await Eventually.TrueAsync(
            () =>
            {
                // A delayed message is due when the clock says so.
                Clock.Advance(TimeSpan.FromMilliseconds(10));
                return Calls.Count(call => call.Method == method) >= count;
            },
            $"{method} was called {count} times");
        return [.. Calls.Where(call => call.Method == method).Select(call => call.Arguments)];
    }

    /// <summary>Waits until nothing is left in the queues.</summary>
    public Task RestAsync() => Eventually.TrueAsync(
        async () =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(10));
            return await Server.QueryAsync<long>("SELECT COUNT(*) FROM messages WHERE queue LIKE 'slack-%'") == 0;
        },
        "Slack's queues are empty");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        await _vendor.DisposeAsync();
    }

    private string ResponseUrl => $"{_vendor.Address}commands/answer";

    private string Next() => Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);

    private static async Task AnswerAsync(
        HttpContext context, ConcurrentQueue<(string, JsonObject)> calls, ConcurrentDictionary<string, JsonObject> users, ConcurrentDictionary<string, bool> members,
        ConcurrentDictionary<string, string> errors)
    {
        if (context.Request.Path == "/commands/answer")
        {
            Assert.False(context.Request.Headers.ContainsKey("Authorization"));
            calls.Enqueue(("response_url", (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body))!));
            await context.Response.WriteAsync("ok");
            return;
        }

        var method = context.Request.Path.Value!["/api/".Length..];
        var form = await context.Request.ReadFormAsync();
        var arguments = new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
        calls.Enqueue((method, arguments));
        await context.Response.WriteAsJsonAsync(Answer(method, arguments, context, users, members, errors));
    }

    private static JsonObject Answer(
        string method, JsonObject arguments, HttpContext context, ConcurrentDictionary<string, JsonObject> users, ConcurrentDictionary<string, bool> members,
        ConcurrentDictionary<string, string> errors)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
            return new JsonObject { ["ok"] = false, ["error"] = "invalid_auth" };
        if (errors.TryGetValue(method, out var error))
            return new JsonObject { ["ok"] = false, ["error"] = error };
        switch (method)
        {
            case "auth.test":
                return new JsonObject { ["ok"] = true, ["team_id"] = Team, ["user_id"] = Bot };
            case "users.info":
                return users.TryGetValue($"{arguments["user"]}", out var user)
                    ? new JsonObject { ["ok"] = true, ["user"] = user.DeepClone() }
                    : new JsonObject { ["ok"] = false, ["error"] = "user_not_found" };
            case "conversations.members":
                // One a page, so that paging is walked.
                var all = members.Keys.Order(StringComparer.Ordinal).ToList();
                var at = int.Parse($"0{arguments["cursor"]}", CultureInfo.InvariantCulture);
                return new JsonObject
                {
                    ["ok"] = true,
                    ["members"] = new JsonArray([.. all.Skip(at).Take(1).Select(member => JsonValue.Create(member))]),
                    ["response_metadata"] = new JsonObject { ["next_cursor"] = at + 1 < all.Count ? $"{at + 1}" : "" },
                };
            default:
                return new JsonObject { ["ok"] = true, ["ts"] = "1772352000.000100" };
        }
    }
}
