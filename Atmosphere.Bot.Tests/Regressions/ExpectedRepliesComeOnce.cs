using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>With expectReplies an answer goes into the response or to the channel, never to both and never to neither.</summary>
public sealed class ExpectedRepliesComeOnce : IAsyncLifetime
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;
    private LocalVendor _files = null!;
    private BotServer _server = null!;
    private BotFrameworkChat _chat = null!;

    public async ValueTask InitializeAsync()
    {
        _files = await LocalVendor.StartAsync(async context =>
        {
            Interlocked.Increment(ref _asked);
            await _release.Task;
            context.Response.StatusCode = 404;
        });
        _server = await BotServer.StartAsync(null, ("Atmosphere:Channels:BotFramework:ExpectRepliesWithin", "00:00:01"));
        _chat = await BotFrameworkChat.StartAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await _chat.DisposeAsync();
        await _server.DisposeAsync();
        await _files.DisposeAsync();
    }

    [Fact]
    public async Task A_request_that_is_repeated_while_the_turn_runs_does_not_double_the_answer()
    {
        Assert.Empty(await RepliesAsync(await PostAsync(withFile: true)));
        var again = PostAsync(withFile: true);
        _release.SetResult();
        Assert.Empty(await RepliesAsync(await again));
        await AnsweredByTheChannelAsync();
    }

    [Fact]
    public async Task Who_hangs_up_gets_the_answer_from_the_channel()
    {
        using var hangUp = new CancellationTokenSource();
        var request = PostAsync(withFile: true, hangUp.Token);
        await Eventually.TrueAsync(() => _asked > 0, "the turn runs");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM turns WHERE awaited = 1") == 0, "nobody waits");
        _release.SetResult();
        await AnsweredByTheChannelAsync();
    }

    [Fact]
    public async Task What_a_response_took_is_not_sent_after_a_restart_and_what_none_took_is()
    {
        Assert.Single(await RepliesAsync(await PostAsync(withFile: false)));
        await _server.RestartAsync();
        Assert.Single(await RepliesAsync(await PostAsync(withFile: false)));
        Assert.Equal(0, await _chat.CountAsync());

        // As a kill leaves it between the turn's commit and its response.
        await _server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync("UPDATE replies SET state = 'waiting'"));
        await _server.RestartAsync();
        await AnsweredByTheChannelAsync();
        Assert.Empty(await RepliesAsync(await PostAsync(withFile: false)));
    }

    private async Task AnsweredByTheChannelAsync()
    {
        _ = await _chat.HearAsync();
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0, "nothing is to be done");
        Assert.Equal(1, await _chat.CountAsync());
    }

    private static async Task<JsonArray> RepliesAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonNode>())!["activities"]!.AsArray();
    }

    private async Task<HttpResponseMessage> PostAsync(bool withFile, CancellationToken cancellation = default)
    {
        using var http = new HttpClient();
        var activity = _chat.Activity("message", "1", activity =>
        {
            activity["text"] = "help";
            activity["deliveryMode"] = "expectReplies";
            if (withFile)
                activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "image/jpeg", ["contentUrl"] = _files.Address.ToString(), ["name"] = "photo.jpg" });
        });
        return await http.PostAsJsonAsync(new Uri(_server.Address, "/api/messages"), activity, cancellation);
    }
}
