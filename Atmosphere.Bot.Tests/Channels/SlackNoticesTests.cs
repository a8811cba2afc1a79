using Atmosphere.Bot.Channels.Slack;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Tests.Flows.Gateway;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Channels;

/// <summary>Colleagues see the faces that nobody is known for: each once, whatever happens on the way.</summary>
public sealed class SlackNoticesTests : IAsyncLifetime
{
    private static readonly Box _box = new(300, 200, 120, 90);

    private SlackVendor _slack = null!;
    private RecognitionHost _host = null!;

    public async Task InitializeAsync()
    {
        _slack = await SlackVendor.StartAsync();
        _host = await RecognitionHost.StartAsync(workers: false, adjust: SlackVendor.AddTo, settings: _slack.Settings);
        await _host.ExecuteAsync("UPDATE groups SET name = 'Bees & <Bears>'");
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task An_unknown_face_is_shown_with_its_crop_and_its_group()
    {
        var photo = await AddAsync("nobody");

        await _host.RunAsync(photo.Found);

        var shown = Assert.Single(_slack.Shown);
        Assert.Equal("Bees &amp; &lt;Bears&gt;: a new photo shows a face that I do not know.", shown.Comment);
        var crop = _host.Get<PhotoDecoder>().Decode(shown.Bytes, "crop");
        Assert.Equal((120, 90), (crop.Width, crop.Height));
        Assert.Equal(("posted", SlackVendor.Channel, shown.Id), await _host.ScalarAsync<(string, string, string)>("SELECT state, channel, file_id FROM slack_posts"));
        Assert.Equal(["files.getUploadURLExternal", "upload", "files.completeUploadExternal"], _slack.Calls);
    }

    [Theory]
    [InlineData("named")]
    [InlineData("uncertain")]
    [InlineData(null)]
    public async Task A_face_that_may_be_somebodys_or_was_not_searched_for_is_not_shown(string? verdict)
    {
        await _host.RunAsync((await AddAsync(verdict)).Found);

        Assert.Empty(_slack.Calls);
    }

    [Fact]
    public async Task A_face_that_got_a_name_meanwhile_is_not_shown()
    {
        var photo = await ProcessedPhoto.AddAsync(_host, DrawnPhotos.Quarters(800, 600), _box);
        var waits = await Assert.ThrowsAsync<TryLaterException>(() => _host.RunAsync(photo.Found));
        Assert.Contains("not decided yet", waits.Message, StringComparison.Ordinal);
        await _host.ExecuteAsync("UPDATE faces SET person_id = 'p1', verdict = 'named', decided_at = 1");

        await _host.RunAsync(photo.Found);

        Assert.Empty(_slack.Calls);
    }

    [Fact]
    public async Task The_same_message_again_posts_nothing_again()
    {
        var photo = await AddAsync("nobody");
        await _host.RunAsync(photo.Found);

        await _host.RunAsync(photo.Found);

        Assert.Single(_slack.Shown);
        Assert.Equal(3, _slack.Calls.Count);
    }

    [Fact]
    public async Task After_a_crash_behind_the_call_slack_is_asked_and_nothing_is_posted_again()
    {
        var photo = await AddAsync("nobody");
        await _host.WorkInVainAsync(photo.Found);
        Assert.Equal("sending", await StateAsync());

        await _host.RunAsync(photo.Found);

        Assert.Single(_slack.Shown);
        Assert.Equal(("posted", "1772352000.000100"), await _host.ScalarAsync<(string, string)>("SELECT state, ts FROM slack_posts"));
    }

    [Fact]
    public async Task After_a_crash_before_the_call_slack_is_asked_and_the_face_is_posted_once()
    {
        var photo = await AddAsync("nobody");
        _slack.Before = async (method, context) =>
        {
            if (method == "files.completeUploadExternal")
                context.Abort();
            return await Task.FromResult(method == "files.completeUploadExternal");
        };
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.RunAsync(photo.Found));
        Assert.Equal("sending", await StateAsync());
        _slack.Before = (_, _) => Task.FromResult(false);

        await _host.RunAsync(photo.Found);

        Assert.Single(_slack.Shown);
        Assert.Equal("posted", await StateAsync());
    }

    [Fact]
    public async Task When_the_answer_is_lost_the_face_is_not_posted_again()
    {
        var photo = await AddAsync("nobody");
        _slack.After = (method, context) =>
        {
            if (method == "files.completeUploadExternal")
                context.Abort();
            return Task.FromResult(method == "files.completeUploadExternal");
        };
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.RunAsync(photo.Found));

        await _host.RunAsync(photo.Found);

        Assert.Single(_slack.Shown);
        Assert.Equal("posted", await StateAsync());
    }

    [Fact]
    public async Task Where_slack_does_not_tell_yet_it_is_asked_later_and_an_operator_has_the_last_word()
    {
        var photo = await AddAsync("nobody");
        await _host.WorkInVainAsync(photo.Found);
        _slack.Before = (method, context) => method == "files.info"
            ? SlackVendor.SayAsync(context, new { ok = true, file = new { id = "F1", shares = new { } } })
            : Task.FromResult(false);

        var error = await Assert.ThrowsAsync<TryLaterException>(() => _host.RunAsync(photo.Found));
        await _host.ExhaustAsync(photo.Found, error);
        Assert.Equal("unknown", await StateAsync());

        _slack.Before = (_, _) => Task.FromResult(false);
        await _host.RunAsync(photo.Found);
        Assert.Single(_slack.Shown);
        Assert.Equal("posted", await StateAsync());
    }

    [Theory]
    [InlineData("files.getUploadURLExternal")]
    [InlineData("upload")]
    [InlineData("files.completeUploadExternal")]
    public async Task A_busy_slack_is_left_alone_for_as_long_as_it_says(string busy)
    {
        var photo = await AddAsync("nobody");
        _slack.Before = (method, context) =>
        {
            if (method != busy)
                return Task.FromResult(false);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "41";
            return Task.FromResult(true);
        };

        var error = await Assert.ThrowsAsync<TryLaterException>(() => _host.RunAsync(photo.Found));
        Assert.Equal(TimeSpan.FromSeconds(41), error.Rest);
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM slack_posts"));

        _slack.Before = (_, _) => Task.FromResult(false);
        await _host.RunAsync(photo.Found);
        Assert.Single(_slack.Shown);
        Assert.DoesNotContain("files.info", _slack.Calls);
    }

    [Theory]
    [InlineData("invalid_auth", "Atmosphere:Channels:Slack:BotToken", typeof(HopelessException))]
    [InlineData("not_in_channel", "invite the bot", typeof(HopelessException))]
    [InlineData("missing_scope", "files:write", typeof(HopelessException))]
    [InlineData("something_new", "something_new", typeof(HopelessException))]
    [InlineData("ratelimited", "ratelimited", typeof(TryLaterException))]
    [InlineData("internal_error", "internal_error", typeof(HttpRequestException))]
    public async Task Slacks_own_word_decides_whether_it_is_tried_again(string word, string said, Type kind)
    {
        var photo = await AddAsync("nobody");
        _slack.Before = (method, context) => method == "files.completeUploadExternal" ? SlackVendor.RefuseAsync(context, word) : Task.FromResult(false);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => _host.RunAsync(photo.Found));

        Assert.IsType(kind, error);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SlackVendor.Token, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(kind == typeof(HttpRequestException) ? "sending" : null, await StateAsync());
    }

    [Fact]
    public async Task What_is_no_answer_of_slack_leaves_it_open()
    {
        var photo = await AddAsync("nobody");
        _slack.Before = async (method, context) =>
        {
            if (method == "files.completeUploadExternal")
                await context.Response.WriteAsync("<html>proxy</html>");
            return method == "files.completeUploadExternal";
        };

        await Assert.ThrowsAsync<HttpRequestException>(() => _host.RunAsync(photo.Found));

        Assert.Equal("sending", await StateAsync());
    }

    [Fact]
    public async Task A_face_that_vanished_after_a_crash_is_forgotten()
    {
        var photo = await AddAsync("nobody");
        _slack.Before = (method, context) => method == "files.completeUploadExternal" ? SlackVendor.RefuseAsync(context, "internal_error") : Task.FromResult(false);
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.RunAsync(photo.Found));
        await _host.ExecuteAsync("UPDATE photos SET state = 'erased', media = NULL");

        await _host.RunAsync(photo.Found);

        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM slack_posts"));
        Assert.Empty(_slack.Shown);
    }

    [Fact]
    public async Task A_picture_is_withdrawn_and_one_that_is_gone_already_is_no_error()
    {
        await _host.RunAsync((await AddAsync("nobody")).Found);
        var file = (await _host.ScalarAsync<string>("SELECT file_id FROM slack_posts"))!;
        var colleagues = _host.Get<IColleagues>();

        await colleagues.WithdrawAsync(file, default);
        await colleagues.WithdrawAsync(file, default);

        Assert.Equal(PostState.NotPosted, (await colleagues.FindAsync(file, default)).State);
    }

    [Fact]
    public async Task Without_slack_nobody_is_asked()
    {
        await using var alone = await RecognitionHost.StartAsync(workers: false);
        var photo = await ProcessedPhoto.AddAsync(alone, DrawnPhotos.Quarters(800, 600), _box);

        await alone.RunAsync(photo.Found);

        Assert.Equal(0, await alone.ScalarAsync<int>("SELECT COUNT(*) FROM slack_posts"));
    }

    [Theory]
    [InlineData("xoxb-1", null, "https://slack.com/api/", "Channel is ''")]
    [InlineData("xoxb-1", "#general", "https://slack.com/api/", "Channel is '#general'")]
    [InlineData("xoxb 1", "C123", "https://slack.com/api/", "BotToken")]
    [InlineData("xoxb-1", "C123", "http://slack.com/api/", "use https")]
    [InlineData("xoxb-1", "C123", "https://slack.com/api", "with a / at its end")]
    public void A_setting_that_cannot_work_is_named(string token, string? channel, string url, string words)
    {
        var problem = Assert.Single(new SlackOptions { BotToken = token, Channel = channel, ApiBaseUrl = url }.Problems());

        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain(token, problem, StringComparison.Ordinal);
    }

    private Task<ProcessedPhoto> AddAsync(string? verdict) =>
        ProcessedPhoto.AddAsync(_host, DrawnPhotos.Quarters(800, 600), _box, verdict, decision: verdict ?? "refused");

    private Task<string?> StateAsync() => _host.ScalarAsync<string>("SELECT state FROM slack_posts");
}
