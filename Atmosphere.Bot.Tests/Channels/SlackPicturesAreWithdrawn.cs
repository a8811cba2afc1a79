using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Tests.Flows.Gateway;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Questions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Bot.Tests.Channels;

/// <summary>What colleagues were shown goes with the face, and when the face has a name; Slack has the last word.</summary>
public sealed class SlackPicturesAreWithdrawn : IAsyncLifetime
{
    private static readonly Box _box = new(300, 200, 120, 90);

    private readonly TestClock _clock = new();
    private SlackVendor _slack = null!;
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackVendor.StartAsync();
        _host = await RecognitionHost.StartAsync(workers: false, _clock, adjust: SlackVendor.AddTo, settings: _slack.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_picture_stays_as_long_as_its_face_is_unknown_and_goes_with_it_in_the_same_round()
    {
        await PostAsync();
        await EndAsync();

        await RoundAsync(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Equal((1, 1), (_slack.Kept, await PostsAsync()));

        var report = await RoundAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), (_slack.Kept, await PostsAsync()));
        Assert.Contains(new ExpiredKind("colleague pictures", 1, null), report.Kinds);
    }

    [Fact]
    public async Task A_face_that_gets_a_name_is_shown_no_longer_and_not_again()
    {
        var photo = await PostAsync();
        var person = await NamedAsync(photo);

        await RoundAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 0), (_slack.Kept, await PostsAsync()));
        Assert.Equal(person.Value, await _host.ScalarAsync<string>("SELECT person_id FROM faces WHERE verdict = 'named'"));

        await _host.RunAsync(photo.Found);
        Assert.Equal(0, _slack.Kept);
    }

    [Fact]
    public async Task Whatever_deletes_the_photo_takes_its_pictures_along()
    {
        await PostAsync();
        await _host.ExecuteAsync("DELETE FROM faces; DELETE FROM bounding_boxes; DELETE FROM searches; DELETE FROM photos");

        await RoundAsync(TimeSpan.Zero);
        Assert.Equal((0, 0), (_slack.Kept, await PostsAsync()));
    }

    [Fact]
    public async Task So_does_a_photo_that_is_erased()
    {
        await PostAsync();
        await _host.ExecuteAsync("UPDATE photos SET state = 'erased', media = NULL");

        await RoundAsync(TimeSpan.Zero);
        Assert.Equal((0, 0), (_slack.Kept, await PostsAsync()));
    }

    [Fact]
    public async Task A_picture_that_somebody_deleted_on_slack_is_gone_as_well()
    {
        await PostAsync();
        await _host.ExecuteAsync("DELETE FROM bounding_boxes");
        _slack.Before = (method, context) => method == "files.delete" ? SlackVendor.RefuseAsync(context, "file_deleted") : Task.FromResult(false);

        Assert.True((await RoundAsync(TimeSpan.Zero)).Complete);
        Assert.Equal(0, await PostsAsync());
    }

    [Fact]
    public async Task What_slack_does_not_confirm_is_asked_again_every_round()
    {
        await PostAsync();
        await _host.ExecuteAsync("DELETE FROM bounding_boxes");
        _slack.Before = (method, context) =>
        {
            if (method == "files.delete")
                context.Abort();
            return Task.FromResult(method == "files.delete");
        };
        Assert.False((await RoundAsync(TimeSpan.FromMinutes(1))).Complete);
        Assert.False((await RoundAsync(TimeSpan.FromMinutes(1))).Complete);
        Assert.Equal(1, await PostsAsync());

        _slack.Before = (_, _) => Task.FromResult(false);
        Assert.True((await RoundAsync(TimeSpan.FromMinutes(1))).Complete);
        Assert.Equal((0, 0), (_slack.Kept, await PostsAsync()));
    }

    [Fact]
    public async Task When_the_answer_is_lost_the_next_round_finds_the_picture_gone()
    {
        await PostAsync();
        await _host.ExecuteAsync("DELETE FROM bounding_boxes");
        _slack.After = (method, context) =>
        {
            if (method == "files.delete")
                context.Abort();
            return Task.FromResult(method == "files.delete");
        };
        await RoundAsync(TimeSpan.Zero);
        Assert.Equal((0, 1), (_slack.Kept, await PostsAsync()));

        _slack.After = (_, _) => Task.FromResult(false);
        Assert.True((await RoundAsync(TimeSpan.Zero)).Complete);
        Assert.Equal(0, await PostsAsync());
    }

    [Fact]
    public async Task A_busy_slack_is_left_alone_until_the_next_round()
    {
        await PostAsync();
        await PostAsync();
        await _host.ExecuteAsync("DELETE FROM bounding_boxes");
        _slack.Calls.Clear();
        _slack.Before = (method, context) => method == "files.delete" ? SlackVendor.RefuseAsync(context, "ratelimited") : Task.FromResult(false);

        Assert.True((await RoundAsync(TimeSpan.Zero)).Complete);
        Assert.Equal(["files.delete"], _slack.Calls);
        Assert.Equal(2, await PostsAsync());
    }

    [Fact]
    public async Task One_picture_that_cannot_be_deleted_does_not_keep_the_others()
    {
        await PostAsync();
        await PostAsync();
        await _host.ExecuteAsync("DELETE FROM bounding_boxes");
        var first = true;
        _slack.Before = (method, context) =>
        {
            if (method != "files.delete" || !first)
                return Task.FromResult(false);
            first = false;
            return SlackVendor.RefuseAsync(context, "cant_delete_file");
        };

        var kind = (await RoundAsync(TimeSpan.Zero)).Kinds.Single(kind => kind.Kind == "colleague pictures");
        Assert.Contains("cant_delete_file", kind.Error, StringComparison.Ordinal);
        Assert.Equal((1, 1), (_slack.Kept, await PostsAsync()));
    }

    [Fact]
    public async Task A_picture_that_is_being_posted_is_not_withdrawn_under_the_call()
    {
        var photo = await AddAsync();
        await _host.ExecuteAsync(
            $"""
            INSERT INTO questions (id, group_id, kind, face_id, photo_id, state, asked_at, changed_at, post_state, posting_at)
            VALUES ('q', 'class', 'who', '{photo.Face}', '{photo.Photo}', 'asked', 1, 1, 'sending', {_clock.GetUtcNow().ToUnixTimeMilliseconds()})
            """);
        await ProcessedPhoto.ShowAsync(_host, photo.Photo, photo.Face, "q");
        await _host.ExecuteAsync("DELETE FROM searches; DELETE FROM faces; DELETE FROM bounding_boxes");

        await RoundAsync(TimeSpan.FromMinutes(9));
        Assert.Equal((1, 1), (_slack.Kept, await PostsAsync()));
        await RoundAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 0), (_slack.Kept, await PostsAsync()));
    }

    [Theory]
    [InlineData("UPDATE faces SET decided_at = 1", true)]
    [InlineData("UPDATE groups SET ended_at = 1", false)]
    [InlineData("UPDATE persons SET state = 'erasing'", false)]
    [InlineData("UPDATE photos SET state = 'erased'", false)]
    [InlineData("INSERT INTO erasures (id, kind, state, asked_at) VALUES ('e', 'person', 'asked', 0); INSERT INTO erasure_photo_faces SELECT 'e', id, photo_id FROM faces", false)]
    public async Task A_face_that_colleagues_may_not_see_any_more_is_not_uploaded(string meanwhile, bool uploads)
    {
        var photo = await AddAsync();
        _ = await NamedAsync(photo);
        await _host.ExecuteAsync(
            $"INSERT INTO questions (id, group_id, kind, face_id, photo_id, state, asked_at, changed_at) VALUES ('q', 'class', 'check', '{photo.Face}', '{photo.Photo}', 'asked', 1, 1)");
        var view = await _host.Database.ReadAsync(session => _host.Get<IQuestions>().FindAsync(session, new QuestionId("q")));
        await _host.ExecuteAsync(meanwhile);

        _ = await _host.Get<QuestionPictures>().AddToAsync(view!, default);
        Assert.Equal(uploads ? 2 : 0, _slack.Kept);
    }

    [Fact]
    public async Task Without_slack_the_row_waits_and_operators_are_told_once()
    {
        await PostAsync();
        await _host.ExecuteAsync("DELETE FROM bounding_boxes");
        await _host.StopAsync();

        using var log = new CapturedLog();
        await using var alone = await RecognitionHost.StartAsync(
            workers: false, _clock, _host.Folder, services => services.AddLogging(logging => logging.AddProvider(log).AddFilter<CapturedLog>(null, LogLevel.Warning)));
        Assert.True((await alone.Get<Retention>().RunAsync(default)).Complete);
        Assert.True((await alone.Get<Retention>().RunAsync(default)).Complete);

        Assert.Equal(1, await alone.ScalarAsync<int>("SELECT COUNT(*) FROM colleague_pictures"));
        Assert.Single(log.Lines, line => line.Contains("to be withdrawn", StringComparison.Ordinal));
    }

    private Task<ProcessedPhoto> AddAsync() => ProcessedPhoto.AddAsync(_host, DrawnPhotos.Quarters(800, 600), _box, decision: "nobody");

    private async Task<ProcessedPhoto> PostAsync()
    {
        var photo = await AddAsync();
        await ProcessedPhoto.ShowAsync(_host, photo.Photo, photo.Face);
        return photo;
    }

    /// <summary>The face is nobody's, and the photo went to nobody.</summary>
    private Task EndAsync() =>
        _host.ExecuteAsync($"UPDATE faces SET verdict = 'nobody', decided_at = 1; UPDATE photos SET distributed_at = 1, decided_at = {_clock.GetUtcNow().ToUnixTimeMilliseconds()}");

    private async Task<PersonId> NamedAsync(ProcessedPhoto photo)
    {
        var person = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await _host.ExecuteAsync($"UPDATE faces SET verdict = 'named', person_id = '{person}' WHERE id = '{photo.Face}'");
        return person;
    }

    private async Task<RetentionReport> RoundAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return await _host.Get<Retention>().RunAsync(default);
    }

    private Task<int> PostsAsync() => _host.ScalarAsync<int>("SELECT COUNT(*) FROM colleague_pictures");
}
