using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>Colleagues on Slack, at the wire.</summary>
public sealed class SlackColleaguesTests : IAsyncLifetime
{
    private static readonly byte[] _picture = [0xff, 0xd8, 0xff, 1, 2, 3];

    private SlackDesk _desk = null!;

    private IColleagues Colleagues => _desk.Colleagues;

    private PlayedRoom Room => _desk.Slack.Room;

    public async ValueTask InitializeAsync() => _desk = await SlackDesk.StartAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_question_is_posted_with_its_pictures_buttons_and_unseen_id_and_changes_with_it()
    {
        var asked = await PicturedAsync();
        var post = await Colleagues.AskAsync(asked, default);
        var message = Assert.Single(Room.Messages);
        Assert.Equal((SlackVendor.Channel, message.Ts), (post.Channel, post.Id));
        Assert.StartsWith("Who is this? *Butterflies*", message.Text, StringComparison.Ordinal);
        Assert.Equal(asked.Id.Value, (string?)message.Metadata!["event_payload"]!["question"]);
        var sent = _desk.Slack.Arguments.Single(call => call.Method == "chat.postMessage").Arguments;
        Assert.Equal(("false", "false"), (sent["unfurl_links"], sent["unfurl_media"]));
        Assert.Contains(asked.ZoomIn!, message.Blocks!.ToJsonString(), StringComparison.Ordinal);

        foreach (var state in Enum.GetValues<QuestionState>())
            await Colleagues.UpdateAsync(post, Views.Of(QuestionKind.Who, state) with { Thumbnail = asked.Thumbnail, ZoomIn = asked.ZoomIn }, default);
        Assert.Contains("this is not *Maya*", Assert.Single(Room.Messages).Text, StringComparison.Ordinal);
        Assert.Equal(asked.Id.Value, (string?)Room.Messages[0].Metadata!["event_payload"]!["question"]);

        Assert.Equal(7, _desk.Slack.Drawn.Count);
        await BlockKit.AllValidAsync(_desk.Slack.Drawn);
    }

    [Fact]
    public async Task Colleagues_read_in_their_language()
    {
        await using var desk = await SlackDesk.StartAsync(("Atmosphere:Channels:Slack:Language", "he"));
        _ = await desk.Colleagues.AskAsync(Views.Of(QuestionKind.Who), default);
        Assert.StartsWith("מי בתמונה?", Assert.Single(desk.Slack.Room.Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_seen_by_nobody_until_it_is_posted()
    {
        var id = await Colleagues.UploadAsync(_picture, default);
        Assert.Equal(_picture, _desk.Slack.Files.BytesOf(id));
        Assert.Equal(["files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info"], _desk.Slack.Calls);
        Assert.Empty(Room.Messages);
    }

    [Fact]
    public async Task A_picture_that_slack_still_looks_at_is_waited_for()
    {
        _desk.Slack.Files.LooksUntilReady = 3;
        var id = await _desk.WhileTimePassesAsync(Colleagues.UploadAsync(_picture, default));
        _ = await Colleagues.AskAsync(Views.Of(QuestionKind.Who) with { Thumbnail = id }, default);
        _ = Assert.Single(Room.Messages);
    }

    [Fact]
    public async Task A_picture_that_takes_longer_puts_the_post_off()
    {
        _desk.Slack.Files.LooksUntilReady = 7;
        var view = Views.Of(QuestionKind.Who) with { Thumbnail = await _desk.WhileTimePassesAsync(Colleagues.UploadAsync(_picture, default)) };
        var later = await Assert.ThrowsAsync<TryLaterException>(() => Colleagues.AskAsync(view, default));
        Assert.InRange(later.Rest, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Empty(Room.Messages);
        _ = await Assert.ThrowsAsync<TryLaterException>(() => Colleagues.AskAsync(view, default));
        _ = await Colleagues.AskAsync(view, default);
        _ = Assert.Single(Room.Messages);
    }

    [Fact]
    public async Task A_picture_that_somebody_deleted_is_left_out_of_the_post()
    {
        var view = await PicturedAsync();
        _desk.Slack.Files.Forget(view.ZoomIn!);
        var post = await Colleagues.AskAsync(view, default);
        Assert.DoesNotContain(view.ZoomIn!, Room.Messages[0].Blocks!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(view.Thumbnail!, Room.Messages[0].Blocks!.ToJsonString(), StringComparison.Ordinal);

        _desk.Slack.Files.Forget(view.Thumbnail!);
        await Colleagues.UpdateAsync(post, view with { State = QuestionState.Voting }, default);
        Assert.DoesNotContain("slack_file", Room.Messages[0].Blocks!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_whose_end_is_lost_leaves_no_picture_behind()
    {
        _desk.Slack.After = (method, context) =>
        {
            if (method == "files.completeUploadExternal")
                context.Abort();
            return Task.FromResult(method == "files.completeUploadExternal");
        };
        _ = await Assert.ThrowsAsync<HttpRequestException>(() => Colleagues.UploadAsync(_picture, default));
        Assert.Equal(0, _desk.Slack.Kept);
    }

    [Fact]
    public async Task After_a_lost_answer_the_channel_itself_says_that_the_question_is_there()
    {
        _desk.Slack.After = (_, context) =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        var lost = await Record.ExceptionAsync(() => Colleagues.AskAsync(Views.Of(QuestionKind.Who), default));
        Assert.False(lost is TryLaterException or HopelessException, $"It is {lost?.GetType().Name}.");

        _desk.Slack.After = (_, _) => Task.FromResult(false);
        var found = await Colleagues.FindAsync(new QuestionId("q1"), Views.At, default);
        Assert.Equal(new PostSearch(PostState.Posted, new ColleaguePost(SlackVendor.Channel, Room.Messages[0].Ts)), found);
    }

    [Fact]
    public async Task A_question_is_found_among_many_and_only_where_we_posted_it()
    {
        Room.OnAPage = 3;
        var post = await Colleagues.AskAsync(Views.Of(QuestionKind.Who), default);
        for (var other = 0; other < 10; other++)
        {
            var fake = Views.Of(QuestionKind.Who, id: "q2");
            Room.Add(new PlayedMessage(SlackVendor.Channel, Room.NewTs()) { Text = "q2", Metadata = JsonNode.Parse(SlackHistory.MetadataOf(fake.Id)), Bot = "B0000000000" });
        }

        Assert.Equal(post, (await Colleagues.FindAsync(new QuestionId("q1"), Views.At, default)).Post);
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(PostState.NotPosted, (await Colleagues.FindAsync(new QuestionId("q2"), Views.At, default)).State);
    }

    [Fact]
    public async Task A_post_that_may_still_be_on_its_way_is_not_called_missing()
    {
        Assert.Equal(PostState.Unsettled, (await Colleagues.FindAsync(new QuestionId("q1"), Views.At, default)).State);
        _desk.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(PostState.NotPosted, (await Colleagues.FindAsync(new QuestionId("q1"), Views.At, default)).State);
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    [InlineData("is_archived")]
    public async Task A_post_that_is_gone_is_no_error(string word)
    {
        _desk.Slack.Before = (_, context) => SlackVendor.RefuseAsync(context, word);
        await Colleagues.UpdateAsync(new ColleaguePost(SlackVendor.Channel, "1.000001"), Views.Of(QuestionKind.Who), default);
    }

    [Fact]
    public async Task A_notice_stands_under_its_post_or_by_itself_and_no_name_in_it_calls_anybody()
    {
        var notice = new ColleagueNotice("slack.vote", new Dictionary<string, string> { ["group"] = "<!channel>", ["name"] = "Maya & Ben" });
        var post = await Colleagues.AskAsync(Views.Of(QuestionKind.Who), default);
        await Colleagues.TellAsync(notice, post, default);
        await Colleagues.TellAsync(notice, null, default);
        Room.Delete(post.Id);
        await Colleagues.TellAsync(notice, post, default);

        Assert.Equal([post.Id, null, null], Room.Messages.Select(message => message.Thread));
        Assert.All(Room.Messages, message => Assert.StartsWith("&lt;!channel&gt;: a parent says that this is Maya &amp; Ben", message.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_picture_is_withdrawn_once_and_may_be_withdrawn_again()
    {
        var id = await Colleagues.UploadAsync(_picture, default);
        await Colleagues.WithdrawAsync(id, default);
        Assert.Equal(0, _desk.Slack.Kept);
        await Colleagues.WithdrawAsync(id, default);
    }

    [Fact]
    public async Task People_are_known_by_the_name_they_use_and_machines_and_leavers_are_nobody()
    {
        Room.Users["U1"] = User("Dana", "Dana Levi", "dana@example.org");
        Room.Users["U2"] = User("", "Noam Bar", null);
        Room.Users["U3"] = User("Robot", "Robot", null);
        Room.Users["U3"]["is_bot"] = true;
        Room.Users["U4"] = User("Left", "Left", null);
        Room.Users["U4"]["deleted"] = true;
        Room.Users["USLACKBOT"] = User("Slackbot", "Slackbot", null);

        Assert.Equal(new Colleague("Dana", "dana@example.org"), await Colleagues.LookUpAsync("slack:U1", default));
        Assert.Equal(new Colleague("Noam Bar", null), await Colleagues.LookUpAsync("slack:U2", default));
        foreach (var nobody in new[] { "slack:U3", "slack:U4", "slack:USLACKBOT", "slack:U9", "participant:p1", "slack:" })
            Assert.Null(await Colleagues.LookUpAsync(nobody, default));
    }

    [Theory]
    [InlineData("invalid_auth", "BotToken")]
    [InlineData("missing_scope", "users:read.email")]
    [InlineData("not_in_channel", "invite the bot")]
    [InlineData("no_such_word", "Slack's page")]
    public async Task What_slack_refuses_is_hopeless_and_says_the_remedy(string word, string remedy)
    {
        _desk.Slack.Before = (_, context) => SlackVendor.RefuseAsync(context, word);
        var error = await Assert.ThrowsAsync<HopelessException>(() => Colleagues.AskAsync(Views.Of(QuestionKind.Who), default));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.Empty(Room.Messages);
    }

    [Fact]
    public async Task A_busy_slack_is_asked_later_and_nothing_happened()
    {
        _desk.Slack.Before = (_, context) => SlackVendor.TooOftenAsync(context, 7);
        var post = new ColleaguePost(SlackVendor.Channel, "1.000001");
        Func<Task>[] calls =
        [
            () => Colleagues.UploadAsync(_picture, default),
            () => Colleagues.AskAsync(Views.Of(QuestionKind.Who), default),
            () => Colleagues.UpdateAsync(post, Views.Of(QuestionKind.Who), default),
            () => Colleagues.FindAsync(new QuestionId("q1"), Views.At, default),
            () => Colleagues.LookUpAsync("slack:U1", default),
            () => Colleagues.WithdrawAsync("F0000000001", default),
        ];
        foreach (var call in calls)
            Assert.Equal(TimeSpan.FromSeconds(7), (await Assert.ThrowsAsync<TryLaterException>(call)).Rest);
    }

    private static JsonObject User(string display, string real, string? mail) =>
        new() { ["name"] = "someone", ["profile"] = new JsonObject { ["display_name"] = display, ["real_name"] = real, ["email"] = mail } };

    private async Task<QuestionView> PicturedAsync() => Views.Of(QuestionKind.Who) with
    {
        Thumbnail = await Colleagues.UploadAsync(_picture, default),
        ZoomIn = await Colleagues.UploadAsync(_picture, default),
    };
}
