using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.Slack;
using Atmosphere.Bot.Tests.Channels.Slack;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels;

/// <summary>
/// Plays Slack's Web API, as its pages describe it: forms, a bearer token, tiers, files that nobody sees until a post shows them, posts that
/// carry metadata, views, users and members. What breaks a limit of Block Kit is refused as Slack does it.
/// </summary>
internal sealed class SlackVendor : IAsyncDisposable
{
    public const string Token = "xoxb-1-test";
    public const string Channel = "C0123456789";
    public const string Team = "T0123456789";
    public const string SigningSecret = "8f742231b10e8888abcd99bad0aa85a5";
    public const string Bot = "B0123456789";

    private LocalVendor _server = null!;

    private SlackVendor()
    {
        Files = new PlayedFiles(() => _server.Address);
        Room = new PlayedRoom(this);
    }

    /// <summary>Methods in the order they were called.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What was sent with each call: the method and its arguments.</summary>
    public ConcurrentQueue<(string Method, IReadOnlyDictionary<string, string> Arguments)> Arguments { get; } = new();

    /// <summary>Addresses that were called, with what came behind the ?.</summary>
    public ConcurrentQueue<string> Addresses { get; } = new();

    public PlayedFiles Files { get; }

    public PlayedRoom Room { get; }

    public PlayedTiers Tiers { get; } = new();

    /// <summary>How many pictures it has.</summary>
    public int Kept => Files.Kept;

    /// <summary>Every list of blocks and every view that came, for <see cref="BlockKit"/>.</summary>
    public ConcurrentQueue<JsonNode> Drawn { get; } = new();

    /// <summary>What its posts are dated by.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Called before a method does anything; true: it has answered already.</summary>
    public Func<string, HttpContext, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Called after a method has done its work; true: it has answered already.</summary>
    public Func<string, HttpContext, Task<bool>> After { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>An address to answer a click at, as Slack sends it with the click.</summary>
    public string ResponseUrl => $"{_server.Address}actions/{Team}/1/answer";

    public (string, string)[] Settings =>
    [
        ("Atmosphere:Channels:Slack:BotToken", Token),
        ("Atmosphere:Channels:Slack:SigningSecret", SigningSecret),
        ("Atmosphere:Channels:Slack:Channel", Channel),
        ("Atmosphere:Channels:Slack:ApiBaseUrl", $"{_server.Address}api/"),
    ];

    public static async Task<SlackVendor> StartAsync()
    {
        var vendor = new SlackVendor();
        vendor._server = await LocalVendor.StartAsync(vendor.AnswerAsync);
        return vendor;
    }

    /// <summary>Slack as the colleagues of recognition alone, without the rest of the bot.</summary>
    public static void AddTo(IServiceCollection services) => services.AddSingleton(_ => Languages.Load(Dialogs.Folder)).AddSlackCalls();

    public static async Task<bool> SayAsync(HttpContext context, object answer)
    {
        await context.Response.WriteAsJsonAsync(answer);
        return true;
    }

    public static Task<bool> RefuseAsync(HttpContext context, string error) => SayAsync(context, new { ok = false, error });

    /// <summary>Too often.</summary>
    public static async Task<bool> TooOftenAsync(HttpContext context, int seconds)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = $"{seconds}";
        return await RefuseAsync(context, "ratelimited");
    }

    public static Task<bool> BreakAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.FromResult(true);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var method = path.StartsWith("/api/", StringComparison.Ordinal) ? path[5..] : path.StartsWith("/upload/", StringComparison.Ordinal) ? "upload" : "response_url";
        Calls.Enqueue(method);
        Addresses.Enqueue($"{path}{context.Request.QueryString}");
        if (await Before(method, context))
            return;

        // Tokens stand in the header alone, and only the API gets them.
        Assert.Equal("POST", context.Request.Method);
        Assert.False(context.Request.QueryString.HasValue);
        Assert.Equal(path.StartsWith("/api/", StringComparison.Ordinal) ? $"Bearer {Token}" : "", context.Request.Headers.Authorization.ToString());
        var answer = await WorkAsync(method, context);
        if (!await After(method, context))
            await SayAsync(context, answer);
    }

    private async Task<object> WorkAsync(string method, HttpContext context)
    {
        if (method == "upload")
            return await Files.ReceiveAsync(context.Request);
        if (method == "response_url")
            return Room.Respond((await JsonNode.ParseAsync(context.Request.Body))!.AsObject());

        Assert.Equal("application/x-www-form-urlencoded", context.Request.ContentType);
        var arguments = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        Arguments.Enqueue((method, arguments));
        Assert.False(arguments.ContainsKey("token"));
        if (Tiers.SecondsToWait(method, arguments.GetValueOrDefault("channel", ""), Clock.GetUtcNow()) is { } seconds)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = $"{seconds}";
            return Refusal("ratelimited");
        }

        return method.StartsWith("files.", StringComparison.Ordinal) ? Files.Answer(method, arguments) : Room.Answer(method, arguments);
    }

    public static object Refusal(string error, params string[] messages) => messages.Length == 0
        ? new { ok = false, error }
        : new { ok = false, error, errors = messages, response_metadata = new { messages = messages.Select(message => $"[ERROR] {message}") } };
}
