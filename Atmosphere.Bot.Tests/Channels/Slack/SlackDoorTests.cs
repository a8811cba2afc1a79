using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class SlackDoorTests : IAsyncLifetime
{
    private static readonly string[] _doors = ["/slack/events", "/slack/interactivity", "/slack/options", "/slack/commands"];

    private const string Yesterday = "yesterday0000000000000000000beef";

    private PlayedSlack _slack = null!;

    public async ValueTask InitializeAsync() =>
        _slack = await PlayedSlack.StartAsync(null, ("Atmosphere:Channels:Slack:PreviousSigningSecret", Yesterday), ("Atmosphere:Channels:Slack:TeamId", PlayedSlack.Team));

    public async ValueTask DisposeAsync() => await _slack.DisposeAsync();

    /// <summary>The example of Slack's own page about signatures.</summary>
    [Fact]
    public void The_published_example_is_signed_as_it_is_published() => Assert.Equal(
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        SlackSignature.Of(
            "1531420618",
            Encoding.UTF8.GetBytes(
                "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"),
            PlayedSlack.Secret));

    [Fact]
    public async Task Unsigned_wrong_and_stale_requests_are_refused_at_every_door_and_nothing_is_stored()
    {
        var now = _slack.Clock.GetUtcNow().ToUnixTimeSeconds();
        var body = $"payload={Uri.EscapeDataString(_slack.Click("tag.nobody", "q1").ToJsonString())}";
        foreach (var door in _doors)
        {
            await RefusedAsync(door, body, signature: "");
            await RefusedAsync(door, body, timestamp: "");
            await RefusedAsync(door, body, signature: "v0=" + new string('0', 64));
            await RefusedAsync(door, body, signature: "v1=" + SlackSignature.Of($"{now}", Encoding.UTF8.GetBytes(body), PlayedSlack.Secret)[3..]);
            await RefusedAsync(door, body, signature: SlackSignature.Of($"{now}", Encoding.UTF8.GetBytes(body + " "), PlayedSlack.Secret));
            await RefusedAsync(door, body, signature: SlackSignature.Of($"{now - 1}", Encoding.UTF8.GetBytes(body), PlayedSlack.Secret));
            await RefusedAsync(door, body, secret: "0123456789abcdef0123456789abcdef");
            foreach (var timestamp in new[] { $"{now - 301}", $"{now + 301}", "0", "-1", "+1", "1e9", "now", new string('9', 40), $"{now}.5" })
                await RefusedAsync(door, body, timestamp: timestamp);
        }

        Assert.Equal(0, await StoredAsync());
        Assert.Empty(_slack.Tags.Taken);
    }

    [Fact]
    public async Task Headers_that_come_twice_are_refused()
    {
        using var http = new HttpClient { BaseAddress = _slack.Server.Address };
        foreach (var doubled in new[] { SlackSignature.Header, SlackSignature.Timestamp })
        {
            var second = $"{_slack.Clock.GetUtcNow().ToUnixTimeSeconds()}";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/events") { Content = new StringContent("{}") };
            request.Headers.TryAddWithoutValidation(SlackSignature.Timestamp, second);
            request.Headers.TryAddWithoutValidation(SlackSignature.Header, SlackSignature.Of(second, "{}"u8, PlayedSlack.Secret));
            request.Headers.TryAddWithoutValidation(doubled, doubled == SlackSignature.Header ? "v0=00" : second);
            using var response = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task Five_minutes_before_and_after_now_both_secrets_count()
    {
        var now = _slack.Clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var timestamp in new[] { now - 300, now, now + 300 })
        {
            foreach (var secret in new[] { PlayedSlack.Secret, Yesterday })
            {
                var (status, body) = await _slack.PostAsync(
                    "/slack/events", """{"type":"url_verification","challenge":"3eZbrw1aB"}""", "application/json", timestamp: $"{timestamp}", secret: secret);
                Assert.Equal((HttpStatusCode.OK, """{"challenge":"3eZbrw1aB"}"""), (status, body));
            }
        }
    }

    [Fact]
    public async Task Another_workspace_is_refused()
    {
        var click = _slack.Click("tag.nobody", "q1");
        click["team"]!["id"] = "T0000OTHER";
        await RefusedAsync("/slack/interactivity", $"payload={Uri.EscapeDataString(click.ToJsonString())}");
        await RefusedAsync("/slack/options", $"payload={Uri.EscapeDataString(click.ToJsonString())}");
        await RefusedAsync("/slack/events", """{"type":"event_callback","team_id":"T0000OTHER","event_id":"Ev1","event":{"type":"app_home_opened","user":"U0000DANA"}}""");
        await RefusedAsync("/slack/commands", "team_id=T0000OTHER&user_id=U0000DANA&command=%2Fatmosphere");
        await RefusedAsync("/slack/commands", "user_id=U0000DANA&command=%2Fatmosphere");
        Assert.Equal(0, await StoredAsync());
    }

    [Fact]
    public async Task What_is_too_long_or_nothing_that_Slack_sends_is_refused_with_a_sentence()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _slack.PostAsync("/slack/events", new string('x', 1_100_000))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _slack.PostAsync("/slack/events", "[1]")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _slack.PostAsync("/slack/interactivity", "payload=%7B")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _slack.PostAsync("/slack/interactivity", "nothing=1")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _slack.PostAsync("/slack/interactivity", "payload=%7B%7D&payload=%7B%7D")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _slack.PostAsync("/slack/commands", string.Join('&', Enumerable.Range(0, 500).Select(i => $"f{i}=")))).Status);
    }

    [Fact]
    public async Task Without_a_signing_secret_the_doors_are_not_there()
    {
        await using var server = await BotServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (var door in _doors)
        {
            using var response = await http.PostAsync(door, new StringContent("{}"));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("SigningSecret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_signing_secret_opens_the_server_to_the_world_so_that_what_has_no_password_is_closed()
    {
        using var http = new HttpClient { BaseAddress = _slack.Server.Address };
        using var response = await http.PostAsync("/v3/directline/conversations", null);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Atmosphere:Channels:Slack:SigningSecret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string door, string body, string? signature = null, string? timestamp = null, string secret = PlayedSlack.Secret)
    {
        var (status, answer) = await _slack.PostAsync(door, body, signature: signature, timestamp: timestamp, secret: secret);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.NotEmpty($"{JsonNode.Parse(answer)!["detail"]}");
    }

    private async Task<long> StoredAsync() =>
        await _slack.Server.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM webhook_events) + (SELECT COUNT(*) FROM messages WHERE queue LIKE 'slack-%')");
}
