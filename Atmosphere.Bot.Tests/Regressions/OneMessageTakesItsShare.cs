using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A message with many or slow files does not keep the bot from other parents.</summary>
public sealed class OneMessageTakesItsShare
{
    [Fact]
    public async Task Only_ten_files_are_fetched_and_the_rest_is_said_to_be_left_out()
    {
        var asked = 0;
        await using var files = await LocalVendor.StartAsync(context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await using var server = await BotServer.StartAsync();
        await using var chat = await BotFrameworkChat.StartAsync(server);
        await SendAsync(chat, Enumerable.Range(1, 40).Select(number => new Uri(files.Address, $"{number}")));
        Assert.Contains("left out the rest", (await chat.HearAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(10, asked);
    }

    [Fact]
    public async Task A_file_that_is_stored_is_not_fetched_again_when_the_turn_is_tried_again()
    {
        var asked = new ConcurrentQueue<string>();
        await using var files = await LocalVendor.StartAsync(async context =>
        {
            asked.Enqueue(context.Request.Path);
            if (context.Request.Path == "/good")
                await context.Response.Body.WriteAsync(TranscriptFiles.Read("noa-1.jpg"));
            else
                context.Response.StatusCode = asked.Count < 3 ? 503 : 404;
        });
        await using var server = await BotServer.StartAsync();
        await using var chat = await BotFrameworkChat.StartAsync(server);
        await SendAsync(chat, [new Uri(files.Address, "good"), new Uri(files.Address, "bad")]);
        Assert.Contains("could not fetch", (await chat.HearAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(["/good", "/bad", "/bad"], asked);
        Assert.Single(server.FilesIn("training"));
    }

    private static async Task SendAsync(BotFrameworkChat chat, IEnumerable<Uri> files)
    {
        using var response = await chat.TryPostAsync(chat.Activity("message", "1", activity => activity["attachments"] = new JsonArray(
            [.. files.Select(file => new JsonObject { ["contentType"] = "image/jpeg", ["contentUrl"] = $"{file}", ["name"] = "photo.jpg" })])));
        Assert.True(response.IsSuccessStatusCode);
    }
}
