using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>Speaks the Activity protocol: posts to /api/messages and takes the replies as a channel's server does.</summary>
internal sealed class BotFrameworkChat : IChat
{
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<JsonNode> _heard = [];
    private readonly BotServer _server;
    private readonly LocalVendor _connector;
    private int _read;

    private BotFrameworkChat(BotServer server, LocalVendor connector)
    {
        _server = server;
        _connector = connector;
    }

    public string Conversation { get; } = $"conversation-{Guid.NewGuid():N}";

    public string ServiceUrl => _connector.Address.ToString();

    /// <summary>The signs that the bot is typing; they are no lines.</summary>
    public ConcurrentQueue<JsonNode> Typing { get; } = [];

    /// <summary>The channel's server takes a message only when this has ended.</summary>
    public Func<JsonNode, Task> Taking { get; set; } = _ => Task.CompletedTask;

    public static async Task<BotFrameworkChat> StartAsync(BotServer server)
    {
        BotFrameworkChat? chat = null;
        var connector = await LocalVendor.StartAsync(async context =>
        {
            var activity = (await context.Request.ReadFromJsonAsync<JsonNode>())!;
            if ($"{activity["type"]}" == "typing")
                chat!.Typing.Enqueue(activity);
            else
                await chat!.TakeAsync(activity);
            await context.Response.WriteAsJsonAsync(new { id = "delivered" });
        });
        return chat = new BotFrameworkChat(server, connector);
    }

    public async Task OpenAsync() =>
        await PostAsync(Activity("conversationUpdate", "opened", a => a["membersAdded"] = new JsonArray(Account("bot"), Account("parent"))));

    public Task SayAsync(string id, string text, IReadOnlyList<string> attachments) =>
        PostAsync(Activity("message", id, activity =>
        {
            activity["text"] = text;
            activity["attachments"] = new JsonArray([.. attachments.Select(name => new JsonObject
            {
                ["contentType"] = TranscriptFiles.TypeOf(name),
                ["contentUrl"] = $"data:{TranscriptFiles.TypeOf(name)};base64,{Convert.ToBase64String(TranscriptFiles.Read(name))}",
                ["name"] = name,
            })]);
        }));

    public async Task<TranscriptLine> HearAsync()
    {
        await Eventually.TrueAsync(() => _heard.Count > _read, $"the bot says line {_read + 1}");
        return ActivityLine.Of(_heard.ElementAt(_read++));
    }

    public Task<int> CountAsync() => Task.FromResult(_heard.Count);

    public JsonObject Activity(string type, string? id, Action<JsonObject>? more = null)
    {
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = id,
            ["serviceUrl"] = ServiceUrl,
            ["channelId"] = "emulator",
            ["from"] = Account("parent"),
            ["recipient"] = Account("bot"),
            ["conversation"] = new JsonObject { ["id"] = Conversation },
        };
        more?.Invoke(activity);
        return activity;
    }

    public Task<HttpResponseMessage> TryPostAsync(JsonNode activity) =>
        _http.PostAsJsonAsync(new Uri(_server.Address, "/api/messages"), activity);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _connector.DisposeAsync();
    }

    private async Task TakeAsync(JsonNode activity)
    {
        await Taking(activity);
        _heard.Enqueue(activity);
    }

    private static JsonObject Account(string id) => new() { ["id"] = id };

    private async Task PostAsync(JsonNode activity)
    {
        using var response = await TryPostAsync(activity);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}
