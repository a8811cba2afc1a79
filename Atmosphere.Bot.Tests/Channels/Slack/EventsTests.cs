using System.Net;
using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class EventsTests : IAsyncLifetime
{
    private PlayedSlack _slack = null!;

    public async ValueTask InitializeAsync() => _slack = await PlayedSlack.StartAsync();

    public async ValueTask DisposeAsync() => await _slack.DisposeAsync();

    [Fact]
    public async Task A_message_to_the_bot_is_answered_once_with_help_however_often_Slack_tells_of_it()
    {
        for (var time = 0; time < 3; time++)
            Assert.Equal(HttpStatusCode.OK, (await _slack.EventAsync(Message(), "Ev0001")).Status);
        var said = (await _slack.HeardAsync("chat.postMessage", 1))[0];
        await _slack.RestAsync();
        Assert.Equal("D0000DANA", $"{said["channel"]}");
        Assert.Contains("/atmosphere status", $"{said["text"]}", StringComparison.Ordinal);
        Assert.Equal(1, _slack.Calls.Count(call => call.Method == "chat.postMessage"));
    }

    [Fact]
    public async Task Programs_the_bot_itself_changed_messages_and_channels_are_not_answered()
    {
        (string, JsonNode)[] fields = [("bot_id", "B1"), ("user", PlayedSlack.Bot), ("subtype", "message_changed"), ("subtype", "bot_message"), ("channel_type", "channel"), ("user", "'; --")];
        foreach (var (name, value) in fields)
        {
            var message = Message();
            message[name] = value;
            Assert.Equal(HttpStatusCode.OK, (await _slack.EventAsync(message)).Status);
        }

        await _slack.EventAsync(new JsonObject { ["type"] = "reaction_added", ["user"] = "U0000DANA" });
        Assert.Equal(0, await _slack.Server.QueryAsync<long>("SELECT COUNT(*) FROM webhook_events"));
    }

    [Theory]
    [InlineData("app_uninstalled")]
    [InlineData("tokens_revoked")]
    public async Task An_app_that_is_taken_away_is_told_to_operators_once(string type)
    {
        for (var time = 0; time < 2; time++)
            await _slack.EventAsync(new JsonObject { ["type"] = type }, "Ev0002");
        Assert.Equal(1, await _slack.Server.QueryAsync<long>("SELECT COUNT(*) FROM notifications WHERE kind = 'slack-lost'"));
    }

    [Fact]
    public async Task Helpers_read_their_own_language()
    {
        _slack.Add("U00HEBREW", true, ("locale", "he-IL"));
        var message = Message();
        (message["user"], message["channel"]) = ("U00HEBREW", "D00HEBREW");
        await _slack.EventAsync(message);
        Assert.Contains("כאן אני שואל", $"{(await _slack.HeardAsync("chat.postMessage", 1))[0]["text"]}", StringComparison.Ordinal);
    }

    private static JsonObject Message() => new()
    {
        ["type"] = "message",
        ["channel"] = "D0000DANA",
        ["channel_type"] = "im",
        ["user"] = "U0000DANA",
        ["text"] = "hello?",
        ["ts"] = "1772352000.000100",
    };
}
