using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Console.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task A_server_that_is_well_is_alive_and_ready_and_says_so_check_by_check()
    {
        await using var server = await BotServer.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, "live")).Status);
        var (status, answer) = await AskAsync(server, "ready");

        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        Assert.Equal("ready", $"{answer["status"]}");
        foreach (var check in new[] { "database", "media", "disk", "models", "queues" })
            Assert.Equal("ok", $"{answer["checks"]![check]!["state"]}");
        Assert.DoesNotContain(server.Data, answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_waits_too_long_makes_it_not_ready_and_its_queue_is_named()
    {
        await using var server = await BotServer.StartAsync(settings: ("Atmosphere:Health:OldestMessage", "00:00:01"));
        await server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO messages (id, queue, type, body, correlation_id, waits, attempts, crashes, lease, sent_at, due_at)
            VALUES ('one', 'face-recognition', 'Some.Message', '{}', 'c', 0, 0, 0, 'somebody', 1, 1)
            """));

        var (status, answer) = await AskAsync(server, "ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("not ready", $"{answer["status"]}");
        Assert.Contains("face-recognition", $"{answer["checks"]!["queues"]!["text"]}", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, "live")).Status);
    }

    [Fact]
    public async Task A_disk_that_is_nearly_full_degrades_it_and_one_that_is_full_stops_it()
    {
        await using var nearly = await BotServer.StartAsync(settings: ("Atmosphere:Health:FreeDiskMegabytes", "10000000"));
        var (status, answer) = await AskAsync(nearly, "ready");
        Assert.Equal((HttpStatusCode.OK, "degraded"), (status, $"{answer["status"]}"));
        Assert.Contains("nearly full", $"{answer["checks"]!["disk"]!["text"]}", StringComparison.Ordinal);

        await using var full = await BotServer.StartAsync(services => services.AddSingleton<IMediaFiles>(provider =>
            new FailingMediaStore(provider.GetRequiredService<FileMediaStore>(), () => new StorageFullException("/somewhere", new IOException()))));
        (status, answer) = await AskAsync(full, "ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("disk is full", $"{answer["checks"]!["media"]!["text"]}", StringComparison.Ordinal);
        Assert.DoesNotContain("/somewhere", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_models_make_it_not_ready()
    {
        await using var server = await BotServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, "ready")).Status);

        await using var without = await BotServer.StartAsync(
            services => services.AddSingleton(server.Services.GetRequiredService<IFaceEngine>()),
            ("Atmosphere:Faces:Models:Weights", Path.Combine(server.Data, "nothing")));
        var (status, answer) = await AskAsync(without, "ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "failed"), (status, $"{answer["checks"]!["models"]!["state"]}"));
    }

    [Fact]
    public async Task While_the_database_is_busy_the_answer_still_comes_at_once()
    {
        await using var server = await BotServer.StartAsync();
        _ = await AskAsync(server, "ready");
        var done = new TaskCompletionSource();
        var writing = server.Services.GetRequiredService<Database>().WriteAsync(_ => done.Task);

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
            _ = await AskAsync(server, "ready");
        Assert.True(watch.Elapsed < Speed.StretchNow(TimeSpan.FromSeconds(10)), $"100 answers took {watch.Elapsed}.");

        done.SetResult();
        await writing;
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> AskAsync(BotServer server, string what)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var response = await http.GetAsync($"healthz/{what}");
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
