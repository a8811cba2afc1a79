using System.Text.Json.Nodes;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class CommandsTests : IAsyncLifetime
{
    private PlayedSlack _slack = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await PlayedSlack.StartAsync();
        await _slack.GetKnownAsync();
    }

    public async ValueTask DisposeAsync() => await _slack.DisposeAsync();

    [Theory]
    [InlineData("help")]
    [InlineData("")]
    [InlineData("  HELP  ")]
    [InlineData("person")]
    [InlineData("make coffee")]
    public async Task What_is_not_understood_gets_help(string text) => Assert.Contains("/atmosphere unknown", await SaidAsync(text), StringComparison.Ordinal);

    [Fact]
    public async Task Status_says_what_waits_and_how_the_server_is()
    {
        _slack.Questions.Waiting.Add(FakeQuestions.View("q1"));
        var said = await SaidAsync("Status");
        Assert.Contains("Faces that wait for a name: 1. Photos in the last 24 hours: 0.", said, StringComparison.Ordinal);
        Assert.Contains("The server is", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_lists_ten_questions_each_with_a_button_that_opens_it()
    {
        _slack.Questions.Waiting.AddRange(Enumerable.Range(0, 14).Select(i => FakeQuestions.View($"q{i}", "<!here> class")));
        var answer = (await _slack.CommandAsync("unknown"))!;
        var blocks = answer["blocks"]!.AsArray();
        Assert.Equal(12, blocks.Count);
        Assert.Equal(("home.show", "q0"), ($"{blocks[1]!["accessory"]!["action_id"]}", $"{blocks[1]!["accessory"]!["value"]}"));
        Assert.Contains("And 4 more", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<!here>", $"{blocks[1]!["text"]!["text"]}", StringComparison.Ordinal);

        await _slack.InteractAsync(_slack.Click("home.show", "q3"));
        var view = JsonNode.Parse($"{(await _slack.HeardAsync("views.open", 1))[0]["view"]}")!;
        Assert.Contains("question.q3", view.ToJsonString(), StringComparison.Ordinal);
        _slack.Questions.Waiting.Clear();
        Assert.Contains("Nobody waits", await SaidAsync("unknown"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Person_says_what_is_known_of_a_registered_child_and_nothing_of_the_family()
    {
        await _slack.Server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO groups (id, name, time_zone, keeps_gps, created_at) VALUES ('blue', 'Blue & class', 'UTC', 0, 0);
            INSERT INTO participants (id, channel, address, address_hash, reference, language, created_at, heard_at, profile_name) VALUES ('mum', 'whatsapp', '+15551234567', 'h', '{}', 'en', 0, 0, 'Ruth');
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('p1', 'blue', 'Maya Cohen', 'connected', 0), ('p2', 'blue', 'Maya <!channel>', 'connecting', 0), ('p3', 'blue', 'Tom <!channel>', 'connected', 0);
            INSERT INTO consents (person_id, participant_id, version, text, given_at) VALUES ('p1', 'mum', '1', '', 0), ('p2', 'mum', '1', '', 0), ('p3', 'mum', '1', '', 0)
            """));
        var said = await SaidAsync("PERSON maya");
        Assert.Equal("*Maya Cohen* is registered in Blue &amp; class since <!date^0^{date}|1970-01-01>; found in 0 photos of the last seven days.", said);
        Assert.Contains("*Tom &lt;!channel&gt;*", await SaidAsync("person TOM"), StringComparison.Ordinal);
        Assert.Equal("Nobody called &lt;!channel&gt;x is registered.", await SaidAsync("person <!channel>x"));
        Assert.DoesNotContain(_slack.Server.Log.Lines, line => line.Contains("Maya", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_not_known_is_answered_later_and_a_stranger_learns_nothing()
    {
        _slack.Add("U0000OMER");
        _slack.Add("U0000OUT", isInRoom: false);
        _slack.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _slack.CommandAsync("status", "U0000OMER"));
        Assert.Contains("Faces that wait", $"{(await _slack.HeardAsync("response_url", 1))[0]["text"]}", StringComparison.Ordinal);
        Assert.Null(await _slack.CommandAsync("status", "U0000OUT"));
        Assert.StartsWith("Only members", $"{(await _slack.HeardAsync("response_url", 2))[1]["text"]}", StringComparison.Ordinal);
        await _slack.RestAsync();
        Assert.Equal(0, await _slack.Server.QueryAsync<long>("SELECT COUNT(*) FROM webhook_events WHERE body IS NOT NULL"));
    }

    private async Task<string> SaidAsync(string text)
    {
        var answer = (await _slack.CommandAsync(text))!;
        Assert.Equal("ephemeral", $"{answer["response_type"]}");
        return $"{answer["text"]}";
    }
}
