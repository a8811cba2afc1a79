using System.Text.Json.Nodes;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Questions;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class HomeTests : IAsyncLifetime
{
    private PlayedSlack _slack = null!;

    public async ValueTask InitializeAsync() => _slack = await PlayedSlack.StartAsync();

    public async ValueTask DisposeAsync() => await _slack.DisposeAsync();

    [Fact]
    public async Task Home_shows_what_waits_with_its_picture_and_buttons_the_week_and_who_helped()
    {
        _slack.Questions.Waiting.Add(FakeQuestions.View("q1") with
        {
            Thumbnail = "F0000PIC",
            Suggestions = [new(new PersonId("maya"), "Maya <!channel>", 87.4f), new(new PersonId("ben"), "Ben", null)],
            Votes = [new("slack:U0000DANA", TagAnswer.Visitor, null, null, DateTimeOffset.UnixEpoch)],
        });
        _slack.Questions.Helpers.AddRange([new Helper("slack:U0000DANA", "Dana", 9), new Helper("participant:x", "<!here>", 2), new Helper("participant:y", null, 1)]);
        var view = await OpenAsync(1);
        var text = view.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Assert.Equal("home", $"{view["type"]}");
        Assert.Contains("F0000PIC", text, StringComparison.Ordinal);
        Assert.Contains("7 questions, 5 answered, 12 photos", text, StringComparison.Ordinal);
        Assert.Contains("You said: A visitor, never ask", text, StringComparison.Ordinal);
        Assert.Contains("1. <@U0000DANA>: 9", text, StringComparison.Ordinal);
        Assert.Contains("2. &lt;!here&gt;: 2", text, StringComparison.Ordinal);
        Assert.Contains("3. somebody in the chat: 1", text, StringComparison.Ordinal);
        var row = view["blocks"]!.AsArray().Single(block => $"{block!["block_id"]}" == "question.q1")!["elements"]!.AsArray();
        Assert.Equal(
            ["tag.person.1", "tag.person.2", "tag.select", "tag.new", "tag.nobody", "tag.visitor", "tag.cannot-tell"], row.Select(element => $"{element!["action_id"]}"));
        Assert.Equal(("Maya <!channel> 87 %", "plain_text"), ($"{row[0]!["text"]!["text"]}", $"{row[0]!["text"]!["type"]}"));
        Assert.Equal("q1|maya", $"{row[0]!["value"]}");
    }

    [Fact]
    public async Task Many_questions_are_pages_within_Slacks_limit_and_the_last_page_is_the_end()
    {
        _slack.Questions.Waiting.AddRange(Enumerable.Range(0, 60).Select(i => FakeQuestions.View($"q{i}")));
        var first = await OpenAsync(1);
        Assert.InRange(first["blocks"]!.AsArray().Count, 1, 100);
        Assert.Equal(25, Rows(first));
        await _slack.InteractAsync(_slack.Click("home.more", "2", view: HomeOf(first)));
        var last = await PublishedAsync(2);
        Assert.Equal(10, Rows(last));
        Assert.Equal("2", $"{last["private_metadata"]}");
        Assert.DoesNotContain("home.more", last.ToJsonString(), StringComparison.Ordinal);
        _slack.Questions.Waiting.Clear();
        await _slack.InteractAsync(_slack.Click("home.more", "2", view: HomeOf(last)));
        Assert.Contains("Nobody waits", (await PublishedAsync(3)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_votes_are_shown_soon_and_several_together_and_homes_that_nobody_opened_are_not_drawn()
    {
        _slack.Questions.Waiting.Add(FakeQuestions.View("q1"));
        await _slack.GetKnownAsync();
        await _slack.InteractAsync(_slack.Click("tag.nobody", "q1"));
        await _slack.RestAsync();
        Assert.Empty(_slack.Calls);

        var view = HomeOf(await OpenAsync(1));
        foreach (var action in new[] { "tag.nobody", "tag.visitor", "tag.cannot-tell" })
            await _slack.InteractAsync(_slack.Click(action, "q1", view: (JsonObject)view.DeepClone()));
        await _slack.HeardAsync("views.publish", 2);
        await _slack.RestAsync();
        Assert.InRange(_slack.Calls.Count(call => call.Method == "views.publish"), 2, 4);
        Assert.Equal(4, _slack.Tags.Taken.Count);
    }

    [Fact]
    public async Task Whoever_is_not_in_the_channel_sees_why_and_nothing_else()
    {
        _slack.Questions.Waiting.Add(FakeQuestions.View("q1"));
        _slack.Add("U0000OUT", isInRoom: false);
        var view = await OpenAsync(1, "U0000OUT");
        Assert.Contains("Only members", view.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("q1", view.ToJsonString(), StringComparison.Ordinal);
    }

    private static JsonObject HomeOf(JsonObject view) => new() { ["id"] = "V1", ["type"] = "home", ["private_metadata"] = $"{view["private_metadata"]}" };

    private static int Rows(JsonObject view) => view["blocks"]!.AsArray().Count(block => $"{block!["block_id"]}".StartsWith("question.", StringComparison.Ordinal));

    private async Task<JsonObject> OpenAsync(int published, string user = "U0000DANA")
    {
        await _slack.EventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = user, ["tab"] = "home" });
        return await PublishedAsync(published);
    }

    private async Task<JsonObject> PublishedAsync(int count) => JsonNode.Parse($"{(await _slack.HeardAsync("views.publish", count))[count - 1]["view"]}")!.AsObject();
}
