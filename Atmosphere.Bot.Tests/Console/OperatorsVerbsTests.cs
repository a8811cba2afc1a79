using System.Text.Json.Nodes;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Console;

/// <summary>Operators' commands beside a running server, as a person or a script types them.</summary>
public sealed class OperatorsVerbsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private BotServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync();
        await File.WriteAllBytesAsync(_folder["damaged.jpg"], (await File.ReadAllBytesAsync(Path.Combine(SharedPhotos.Samples, "sample2.jpg")))[..20_000]);
        using var group = new GroupClient(_server.Address);
        await group.PostAsync(_folder["damaged.jpg"], "damaged", default);
        _ = await group.FinishedAsync("damaged", default);
        await Eventually.TrueAsync(async () => await _server.QueryAsync<int>("SELECT COUNT(*) FROM messages") == 0, "the queues are empty");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_failed_photo_is_listed_shown_and_begun_again()
    {
        var listed = (await JsonAsync("photos", "list", "--state", "failed")).AsArray();
        var id = $"{Assert.Single(listed)!["id"]}";
        var story = await JsonAsync("photos", "show", id);
        Assert.Equal("failed", $"{story["photo"]!["state"]}");
        Assert.True((bool)story["hasFile"]!);
        Assert.NotEmpty(story["steps"]!.AsArray());
        Assert.Contains(id, (await RunAsync("photos", "list")).Out, StringComparison.Ordinal);
        Assert.Contains("Steps", (await RunAsync("photos", "show", id)).Out, StringComparison.Ordinal);
        Assert.Contains(id, (await RunAsync("notifications", "list")).Out, StringComparison.Ordinal);

        var photo = Directory.GetFiles(Path.Combine(_server.Data, "media", "unprocessed"), $"{id}.*").Single();
        File.Copy(Path.Combine(SharedPhotos.Samples, "sample2.jpg"), photo, overwrite: true);
        var retried = await RunAsync("photos", "retry", "--state", "failed");
        Assert.Equal((0, "1 photo begun again."), (retried.Code, retried.Out.Trim()));

        // The command wrote from beside the server, which wakes its workers for that.
        await Eventually.TrueAsync(async () => await _server.QueryAsync<string>("SELECT state FROM photos") == "processed", "it is processed");

        // Operators who read the log alone see what became of each photo, by its id.
        await Eventually.TrueAsync(() => _server.Log.Lines.Any(line => line.Contains($"Photo {id} is Processed", StringComparison.Ordinal)), "the log says so");
        Assert.Contains(_server.Log.Lines, line => line.Contains($"Photo {id} failed. Refused: Damaged.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dead_letters_are_listed_shown_replayed_and_dropped()
    {
        Assert.Contains("There are no dead letters.", (await RunAsync("dead-letters", "list")).Out, StringComparison.Ordinal);
        await _server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO dead_letters (id, queue, type, body, correlation_id, order_key, attempts, crashes, sent_at, died_at, reason, stack)
            VALUES ('one', 'face-recognition', 'Atmosphere.Recognition.Messages.RecognisePhoto', '{"photo":"nothing"}', 'c', NULL, 4, 1, 1, 2, 'It rained.', 'at Sky'),
                ('two', 'old-queue', 'Old.Message', '{}', 'c', NULL, 4, 1, 1, 2, 'It rained.', 'at Sky')
            """));

        var list = await RunAsync("dead-letters", "list");
        Assert.Contains("It rained.", list.Out, StringComparison.Ordinal);
        var shown = await RunAsync("dead-letters", "show", "one");
        foreach (var part in new[] { "at Sky", """{"photo":"nothing"}""", "RecognisePhoto", "crashes" })
            Assert.Contains(part, shown.Out, StringComparison.Ordinal);

        var replayed = await RunAsync("dead-letters", "replay", "--all");
        Assert.Equal(ExitCode.Failure, replayed.Code);
        Assert.Contains("1 dead letter replayed, 1 refused", replayed.Out, StringComparison.Ordinal);
        Assert.Contains("No step of this version handles Message", replayed.Error, StringComparison.Ordinal);

        Assert.Equal(1, (int)(await JsonAsync("dead-letters", "drop", "two", "--yes"))["dropped"]!);
        var gone = await RunAsync("dead-letters", "drop", "two", "--yes");
        Assert.Equal(ExitCode.Failure, gone.Code);
        Assert.Contains("no dead letter 'two'", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queues_are_printed_with_what_the_running_server_did()
    {
        await Eventually.TrueAsync(
            async () => (await JsonAsync("queues")).AsArray().Any(queue => $"{queue!["queue"]}" == "face-recognition" && (int)queue["handled"]! > 0 && (int)queue["workers"]! > 0),
            "the server has written what it did");
        var table = (await RunAsync("queues")).Out;
        Assert.Contains("whatsapp-outbound-message", table, StringComparison.Ordinal);
        Assert.DoesNotContain("No server runs", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_is_run_by_the_server_while_one_runs()
    {
        var orphan = Path.Combine(_server.Data, "media", "processed", $"{Guid.NewGuid():N}.jpg");
        await File.WriteAllTextAsync(orphan, "nobody's");
        File.SetLastWriteTimeUtc(orphan, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var run = await RunAsync("retention", "run");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.False(File.Exists(orphan));
    }

    [Theory]
    [InlineData("photos list --state lost", "--state lost is no state")]
    [InlineData("photos retry", "Name one photo")]
    [InlineData("photos retry --state processed", "cannot begin again")]
    [InlineData("dead-letters replay", "--all")]
    [InlineData("dead-letters drop x --all", "--all means")]
    [InlineData("dead-letters list --queue no-such", "There is no queue 'no-such'")]
    [InlineData("dead-letters replay --queue no-such", "There is no queue 'no-such'")]
    [InlineData("dead-letters drop --queue no-such", "There is no queue 'no-such'")]
    [InlineData("photos list --limit 0", "--limit 0")]
    [InlineData("queues --watch --every 0", "--every 0")]
    public async Task What_cannot_be_meant_is_said_with_the_remedy(string line, string sentence)
    {
        var run = await RunAsync(line.Split(' '));

        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Out));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("groups list")]
    [InlineData("clients list")]
    [InlineData("queues")]
    [InlineData("dead-letters list")]
    [InlineData("notifications list")]
    [InlineData("retention run")]
    public async Task Who_looks_into_a_folder_without_data_is_told_so_and_no_folder_is_made(string line)
    {
        var run = await CommandLineRun.OfAsync([.. line.Split(' '), "--data", _folder["nowhere"]]);

        Assert.Equal((ExitCode.Failure, ""), (run.Code, run.Out));
        Assert.Contains($"no data in {_folder["nowhere"]}", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["nowhere"]));
    }

    [Fact]
    public async Task Beside_a_running_server_the_doctor_takes_its_address_for_what_it_is()
    {
        var run = await RunAsync("doctor", "--urls", $"{_server.Address}".TrimEnd('/'));

        Assert.True(run.Code == ExitCode.Success, run.Out);
        Assert.Contains("is in use, and a server runs on this data folder", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_data_and_a_photo_that_is_not_there_are_named()
    {
        var nowhere = await CommandLineRun.OfAsync("photos", "list", "--data", _folder["nowhere"]);
        Assert.Equal(ExitCode.Failure, nowhere.Code);
        Assert.Contains($"no data in {_folder["nowhere"]}", nowhere.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["nowhere"]));

        Assert.Contains("no photo 'x'", (await RunAsync("photos", "show", "x")).Error, StringComparison.Ordinal);
    }

    private async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--json"]);
        Assert.True(run.Code == ExitCode.Success, run.Error);
        return JsonNode.Parse(run.Out)!;
    }

    private Task<CommandLineRun> RunAsync(params string[] arguments) => CommandLineRun.OfAsync([.. arguments, "--data", _server.Data]);
}
