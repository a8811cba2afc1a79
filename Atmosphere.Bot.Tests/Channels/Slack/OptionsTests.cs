using System.Diagnostics;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class OptionsTests : IAsyncLifetime
{
    private PlayedSlack _slack = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await PlayedSlack.StartAsync();
        _slack.Questions.Persons.AddRange(Enumerable.Range(0, 300).Select(i => new Suggestion(new PersonId($"p{i}"), $"Maya {i} " + new string('x', i), null)));
        _slack.Questions.Persons.Insert(0, new Suggestion(new PersonId("hostile"), "<!channel> <@U1> & *Ben*", null));
    }

    public async ValueTask DisposeAsync() => await _slack.DisposeAsync();

    [Fact]
    public async Task Members_get_at_most_a_hundred_names_of_at_most_75_letters_also_at_the_first_time()
    {
        var options = await OptionsAsync("maya");
        Assert.Equal(100, options.Count);
        Assert.All(options, option => Assert.InRange($"{option!["text"]!["text"]}".Length, 1, 75));
        Assert.All(options, option => Assert.Equal("plain_text", $"{option!["text"]!["type"]}"));
        Assert.Equal("p0", $"{options[0]!["value"]}");
    }

    [Fact]
    public async Task A_name_that_looks_like_a_mention_is_plain_text_and_mentions_nobody() =>
        Assert.Equal("plain_text", $"{Assert.Single(await OptionsAsync("<!ch"))!["text"]!["type"]}");

    [Fact]
    public async Task Whoever_may_not_see_names_gets_none()
    {
        _slack.Add("U0000OUT", isInRoom: false);
        Assert.Empty(await OptionsAsync("", "U0000OUT"));
        Assert.Empty(await OptionsAsync("", "U00UNHEARD"));
        Assert.Empty(await OptionsAsync("", action: "tag.other"));
        Assert.Empty(await OptionsAsync("", block: "row"));
        Assert.Empty(await OptionsAsync(new string('x', 3000)));
    }

    [Fact]
    public async Task Where_Slack_does_not_say_who_asks_there_are_no_names_and_still_an_answer_in_time()
    {
        _slack.Errors["conversations.members"] = "internal_error";
        var watch = Stopwatch.StartNew();
        Assert.Empty(await OptionsAsync(""));
        Assert.True(watch.Elapsed < Speed.StretchNow(TimeSpan.FromSeconds(3)), $"It took {watch.Elapsed}.");
    }

    private async Task<JsonArray> OptionsAsync(string typed, string user = "U0000DANA", string action = "tag.select", string block = "question.q1") =>
        (await _slack.InteractAsync(
            new JsonObject
            {
                ["type"] = "block_suggestion",
                ["user"] = new JsonObject { ["id"] = user },
                ["team"] = new JsonObject { ["id"] = PlayedSlack.Team },
                ["action_id"] = action,
                ["block_id"] = block,
                ["value"] = typed,
            },
            "/slack/options"))!["options"]!.AsArray();
}
