using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>The way to Slack's Web API: what is kept from it, and what its answers mean.</summary>
public sealed class SlackApiTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> _user = new() { ["user"] = "U1" };

    private SlackDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await SlackDesk.StartAsync();
        _desk.Slack.Room.Users["U1"] = new JsonObject { ["name"] = "dana" };
    }

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_method_that_slack_closes_is_not_called_until_it_opens_and_the_others_are()
    {
        _desk.Slack.Before = (method, context) => method == "users.info" ? SlackVendor.TooOftenAsync(context, 20) : Task.FromResult(false);
        Assert.Equal(TimeSpan.FromSeconds(20), (await Assert.ThrowsAsync<TryLaterException>(LookAsync)).Rest);
        _desk.Slack.Before = (_, _) => Task.FromResult(false);
        _desk.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(15), (await Assert.ThrowsAsync<TryLaterException>(LookAsync)).Rest);
        Assert.Equal(["users.info"], _desk.Slack.Calls);
        _ = await _desk.Api.CallAsync("auth.test", new Dictionary<string, string>(), default);

        _desk.Clock.Advance(TimeSpan.FromSeconds(15));
        await LookAsync();
        Assert.Equal(["users.info", "auth.test", "users.info"], _desk.Slack.Calls);
    }

    [Fact]
    public async Task A_channel_that_is_closed_for_posts_leaves_the_others_open()
    {
        _desk.Slack.Before = (method, context) => SlackVendor.TooOftenAsync(context, 20);
        _ = await Assert.ThrowsAsync<TryLaterException>(() => PostAsync(SlackVendor.Channel));
        _desk.Slack.Before = (_, _) => Task.FromResult(false);
        _ = await Assert.ThrowsAsync<TryLaterException>(() => PostAsync(SlackVendor.Channel));
        _ = await PostAsync("D1");
    }

    [Fact]
    public async Task Many_posts_arrive_one_by_one_and_slack_never_says_too_often()
    {
        var posts = Task.WhenAll(Enumerable.Range(0, 9).Select(_ => PostAsync(SlackVendor.Channel)));
        await Eventually.TrueAsync(
            () =>
            {
                var most = 5 + (int)(_desk.Clock.GetUtcNow() - Views.At).TotalSeconds;
                Assert.InRange(_desk.Slack.Room.Messages.Count, 0, most);
                // Time goes on when those whose turn it was have arrived.
                if (_desk.Slack.Room.Messages.Count == Math.Min(9, most))
                    _desk.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return posts.IsCompleted;
            },
            "all have arrived");
        _ = await posts;
        Assert.Equal((9, 0), (_desk.Slack.Room.Messages.Count, _desk.Slack.Tiers.Lost));
    }

    [Theory]
    [InlineData("fatal_error", typeof(HttpRequestException))]
    [InlineData("internal_error", typeof(HttpRequestException))]
    [InlineData("ratelimited", typeof(TryLaterException))]
    [InlineData("service_unavailable", typeof(TryLaterException))]
    [InlineData("user_not_found", typeof(SlackRefusesException))]
    [InlineData("a_word_of_next_year", typeof(SlackRefusesException))]
    public async Task Slacks_words_are_no_perhaps_or_later(string word, Type means)
    {
        _desk.Slack.Before = (_, context) => SlackVendor.RefuseAsync(context, word);
        var error = await Record.ExceptionAsync(LookAsync);
        Assert.IsType(means, error);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, typeof(TryLaterException))]
    [InlineData(500, typeof(HttpRequestException))]
    [InlineData(302, typeof(HttpRequestException))]
    public async Task A_broken_answer_is_no_answer(int status, Type means)
    {
        _desk.Slack.Before = (_, context) => SlackVendor.BreakAsync(context, status);
        Assert.IsType(means, await Record.ExceptionAsync(LookAsync));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"ok\":1}")]
    public async Task What_is_not_slacks_answer_says_nothing_about_what_happened(string text)
    {
        _desk.Slack.Before = async (_, context) =>
        {
            await context.Response.WriteAsync(text);
            return true;
        };
        _ = await Assert.ThrowsAsync<HttpRequestException>(LookAsync);
    }

    [Fact]
    public async Task Nobody_knows_what_a_call_did_whose_answer_is_lost()
    {
        _desk.Slack.After = (_, context) =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        _ = await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(SlackVendor.Channel));
        _ = Assert.Single(_desk.Slack.Room.Messages);
    }

    [Fact]
    public async Task A_slack_that_is_not_there_was_not_reached()
    {
        await using var desk = await SlackDesk.StartAsync(("Atmosphere:Channels:Slack:ApiBaseUrl", "http://127.0.0.1:1/api/"));
        Assert.Equal(TimeSpan.Zero, (await Assert.ThrowsAsync<TryLaterException>(() => desk.Api.CallAsync("users.info", _user, default))).Rest);
    }

    [Fact]
    public async Task Views_messages_for_one_and_conversations_go_the_same_way()
    {
        var view = """{"type":"modal","title":{"type":"plain_text","text":"Who is this?"},"blocks":[{"type":"divider"}]}""";
        var opened = await CallAsync("views.open", ("trigger_id", "1.2"), ("view", view));
        _ = await CallAsync("views.update", ("view_id", opened["view"]!["id"]!.ToString()), ("view", view));
        _ = await CallAsync("views.publish", ("user_id", "U1"), ("view", view.Replace("modal", "home", StringComparison.Ordinal)));
        Assert.Equal(["1.2", "V000000001", "home U1"], _desk.Slack.Room.Views.Keys);
        Assert.Equal(3, _desk.Slack.Drawn.Count);

        var room = (string)(await CallAsync("conversations.open", ("users", "U1")))["channel"]!["id"]!;
        _ = await CallAsync("chat.postEphemeral", ("channel", room), ("user", "U1"), ("text", "Hello"));
        Assert.Equal("U1", Assert.Single(_desk.Slack.Room.Messages).OnlyFor);
        Assert.Equal("U0BOT", (string?)(await CallAsync("conversations.members", ("channel", SlackVendor.Channel)))["members"]![0]);
    }

    [Fact]
    public async Task A_click_is_answered_where_slack_says_without_the_token()
    {
        await _desk.Api.RespondAsync(_desk.Slack.ResponseUrl, new JsonObject { ["text"] = "Thank you" }, default);
        Assert.Equal("Thank you", (string?)Assert.Single(_desk.Slack.Room.Answers)["text"]);

        _desk.Slack.Before = (_, context) => SlackVendor.BreakAsync(context, 404);
        _ = await Assert.ThrowsAsync<SlackRefusesException>(() => _desk.Api.RespondAsync(_desk.Slack.ResponseUrl, [], default));
        _ = await Assert.ThrowsAsync<SlackRefusesException>(() => _desk.Api.RespondAsync("https://example.org/", [], default));
    }

    [Theory]
    [InlineData("https://hooks.slack.com/actions/T1/2/3", true)]
    [InlineData("https://slack.com/api/x", true)]
    [InlineData("http://hooks.slack.com/actions/T1/2/3", false)]
    [InlineData("https://hooks.slack.com:8443/actions", false)]
    [InlineData("https://hooks.slack.com.example.org/actions", false)]
    [InlineData("https://example.org/hooks.slack.com", false)]
    [InlineData("https://hooks.slack.com@example.org/", false)]
    [InlineData("https://token@hooks.slack.com/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("/actions", false)]
    public void Only_slacks_own_addresses_are_answered(string address, bool taken) =>
        Assert.Equal(taken, SlackHosts.IsResponseUrl(address, new Uri("https://slack.com/api/"), out _));

    [Fact]
    public async Task The_token_and_secret_addresses_are_in_no_address_and_no_log()
    {
        var picture = await _desk.Colleagues.UploadAsync(new byte[] { 1, 2, 3 }, default);
        _ = await _desk.Colleagues.AskAsync(Views.Of(Recognition.Domain.QuestionKind.Who) with { Thumbnail = picture }, default);
        await _desk.Api.RespondAsync(_desk.Slack.ResponseUrl, new JsonObject { ["text"] = "Thank you" }, default);
        _desk.Slack.Before = (_, context) => SlackVendor.BreakAsync(context, 500);
        var errors = $"{await Record.ExceptionAsync(LookAsync)} {await Record.ExceptionAsync(() => _desk.Api.RespondAsync(_desk.Slack.ResponseUrl, [], default))}";

        Assert.DoesNotContain(_desk.Slack.Addresses, address => address.Contains(SlackVendor.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(_desk.Slack.Arguments, call => call.Arguments.Values.Any(value => value.Contains(SlackVendor.Token, StringComparison.Ordinal)));
        foreach (var secret in new[] { SlackVendor.Token, SlackVendor.SigningSecret, "/upload/v1", "/actions/", "Maya" })
        {
            Assert.DoesNotContain(_desk.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, errors, StringComparison.Ordinal);
        }
    }

    private Task LookAsync() => _desk.Api.CallAsync("users.info", _user, default);

    private Task<JsonElement> PostAsync(string channel) => _desk.Api.CallAsync("chat.postMessage", new Dictionary<string, string> { ["channel"] = channel, ["text"] = "Hello" }, default);

    private async Task<JsonNode> CallAsync(string method, params (string Name, string Value)[] arguments)
    {
        var answer = await _desk.Api.CallAsync(method, arguments.ToDictionary(argument => argument.Name, argument => argument.Value), default);
        return JsonNode.Parse(answer.GetRawText())!;
    }
}
