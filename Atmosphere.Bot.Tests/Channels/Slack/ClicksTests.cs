using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Recognition.Flows.Tagging.Voting;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class ClicksTests : IAsyncLifetime
{
    private PlayedSlack _slack = null!;

    public async ValueTask InitializeAsync() => _slack = await PlayedSlack.StartAsync();

    public async ValueTask DisposeAsync() => await _slack.DisposeAsync();

    [Fact]
    public async Task Each_button_is_the_vote_that_it_says()
    {
        await _slack.GetKnownAsync();
        await _slack.InteractAsync(_slack.Click("tag.person.2", "q1|maya"));
        await _slack.InteractAsync(_slack.Click("tag.select", "ben", block: "question.q1"));
        await _slack.InteractAsync(_slack.Click("tag.nobody", "q1"));
        await _slack.InteractAsync(_slack.Click("tag.visitor", "q1"));
        await _slack.InteractAsync(_slack.Click("tag.cannot-tell", "q1"));
        await _slack.InteractAsync(_slack.Click("tag.undo", "q1|maya"));
        Assert.Equal(
            [
                "q1 slack:U0000DANA Person maya", "q1 slack:U0000DANA Person ben", "q1 slack:U0000DANA Nobody", "q1 slack:U0000DANA Visitor", "q1 slack:U0000DANA CannotTell",
                "q1 slack:U0000DANA not maya",
            ],
            _slack.Tags.Taken);
        Assert.Empty(_slack.Calls);
    }

    [Fact]
    public async Task The_same_click_told_again_is_not_a_second_vote_but_a_second_click_is()
    {
        await _slack.GetKnownAsync();
        var click = _slack.Click("tag.nobody", "q1");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _slack.InteractAsync((JsonObject)click.DeepClone())));
        Assert.Single(_slack.Tags.Taken);
        await _slack.InteractAsync(_slack.Click("tag.nobody", "q1"));
        Assert.Equal(2, _slack.Tags.Taken.Count);
    }

    [Fact]
    public async Task Whoever_is_not_known_yet_is_looked_up_behind_the_queue_and_their_votes_keep_their_order()
    {
        _slack.Add("U0000OMER");
        foreach (var person in new[] { "maya", "ben", "noa", "tom", "lia" })
            await _slack.InteractAsync(_slack.Click("tag.person.1", $"q1|{person}", "U0000OMER"));
        await _slack.RestAsync();
        Assert.Equal(["maya", "ben", "noa", "tom", "lia"], _slack.Tags.Taken.Select(vote => vote.Split(' ')[^1]));
        Assert.Equal(1, _slack.Calls.Count(call => call.Method == "users.info"));
        Assert.Equal(0, await _slack.Server.QueryAsync<long>("SELECT COUNT(*) FROM webhook_events WHERE body IS NOT NULL"));
    }

    [Fact]
    public async Task Strangers_guests_bots_and_people_outside_the_channel_are_refused_with_a_sentence()
    {
        _slack.Add("U0000OUT", isInRoom: false);
        _slack.Add("U000GUEST", true, ("is_restricted", true));
        _slack.Add("U00SINGLE", true, ("is_ultra_restricted", true));
        _slack.Add("U00SHARED", true, ("team_id", "T0000OTHER"));
        _slack.Add("U00STRANGE", true, ("is_stranger", true));
        _slack.Add("U00PROGRAM", true, ("is_bot", true));
        foreach (var user in new[] { "U0000OUT", "U000GUEST", "U00SINGLE", "U00SHARED", "U00STRANGE", "U00PROGRAM", "U00UNHEARD" })
            await _slack.InteractAsync(_slack.Click("tag.nobody", "q1", user));
        var said = (await _slack.HeardAsync("response_url", 6)).Select(answer => $"{answer["text"]}").ToList();
        await _slack.RestAsync();
        Assert.Empty(_slack.Tags.Taken);
        Assert.Equal(1, said.Count(text => text.StartsWith("Only members", StringComparison.Ordinal)));
        Assert.Equal(2, said.Count(text => text.StartsWith("Guests", StringComparison.Ordinal)));
        Assert.Equal(3, said.Count(text => text.StartsWith("People of other workspaces", StringComparison.Ordinal)));
        Assert.All(_slack.Calls.Where(call => call.Method == "response_url"), call => Assert.Equal("ephemeral", $"{call.Arguments["response_type"]}"));
    }

    [Fact]
    public async Task Whoever_has_just_joined_may_vote_and_whoever_left_may_not_after_five_minutes()
    {
        await _slack.GetKnownAsync();
        _slack.Clock.Advance(TimeSpan.FromSeconds(30));
        _slack.Add("U00000NEW");
        await _slack.InteractAsync(_slack.Click("tag.nobody", "q1", "U00000NEW"));
        await _slack.RestAsync();
        Assert.Single(_slack.Tags.Taken);

        _ = _slack.Members.TryRemove("U00000NEW", out _);
        _slack.Clock.Advance(TimeSpan.FromMinutes(5));
        await _slack.InteractAsync(_slack.Click("tag.nobody", "q2", "U00000NEW"));
        await _slack.HeardAsync("response_url", 1);
        Assert.Single(_slack.Tags.Taken);
    }

    [Theory]
    [InlineData(nameof(TagReceipt.Closed), "answered or closed")]
    [InlineData(nameof(TagReceipt.Unknown), "is not there any more")]
    public async Task A_vote_that_comes_too_late_is_answered_to_the_voter_alone(string receipt, string sentence)
    {
        await _slack.GetKnownAsync();
        _slack.Tags.Receipt = Enum.Parse<TagReceipt>(receipt);
        await _slack.InteractAsync(_slack.Click("tag.nobody", "q1"));
        Assert.Contains(sentence, $"{(await _slack.HeardAsync("response_url", 1))[0]["text"]}", StringComparison.Ordinal);

        var withoutUrl = _slack.Click("tag.nobody", "q1");
        withoutUrl.Remove("response_url");
        await _slack.InteractAsync(withoutUrl);
        var said = (await _slack.HeardAsync("chat.postEphemeral", 1))[0];
        Assert.Equal((PlayedSlack.Room, "U0000DANA"), ($"{said["channel"]}", $"{said["user"]}"));
    }

    [Fact]
    public async Task A_response_url_that_is_not_Slacks_is_not_called()
    {
        await using var stranger = await LocalVendor.StartAsync(_ => throw new InvalidOperationException("A stranger was called."));
        await _slack.GetKnownAsync();
        _slack.Tags.Receipt = TagReceipt.Closed;
        var click = _slack.Click("tag.nobody", "q1");
        click["response_url"] = $"{stranger.Address}answer";
        await _slack.InteractAsync(click);
        await _slack.RestAsync();
        Assert.Empty(_slack.Calls);
    }

    [Theory]
    [InlineData("tag.person.9", "q1|maya")]
    [InlineData("tag.person.1", "q1")]
    [InlineData("tag.nobody", "'; DROP TABLE questions; --")]
    [InlineData("home.show", "<>")]
    [InlineData("home.more", "-1")]
    [InlineData("something", "q1")]
    public async Task What_is_none_of_our_buttons_does_nothing(string action, string value)
    {
        await _slack.GetKnownAsync();
        var before = await _slack.Server.QueryAsync<long>("SELECT COUNT(*) FROM webhook_events");
        await _slack.InteractAsync(_slack.Click(action, value));
        Assert.Empty(_slack.Tags.Taken);
        Assert.Equal(before, await _slack.Server.QueryAsync<long>("SELECT COUNT(*) FROM webhook_events"));
    }

    [Fact]
    public async Task The_log_names_nobody_and_holds_no_address_for_answers()
    {
        await _slack.GetKnownAsync();
        _slack.Tags.Receipt = TagReceipt.Closed;
        await _slack.InteractAsync(_slack.Click("tag.nobody", "q1"));
        await _slack.HeardAsync("response_url", 1);
        Assert.DoesNotContain(_slack.Server.Log.Lines, line => line.Contains("commands/answer", StringComparison.Ordinal) || line.Contains("U0000DANA", StringComparison.Ordinal) || line.Contains(PlayedSlack.Token, StringComparison.Ordinal));
    }
}
