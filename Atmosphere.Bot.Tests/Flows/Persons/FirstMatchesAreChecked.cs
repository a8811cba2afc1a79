using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <summary>In a group of children a teacher looks at the first matches of a person before any photo is sent.</summary>
public sealed class FirstMatchesAreChecked : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private RecognitionHost _host = null!;
    private ParticipantId _mother;
    private PersonId _maya;
    private int _posted;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false, _clock, settings: [("Atmosphere:Distribution:BurstDistance", "0"), ("Atmosphere:Distribution:Reposts", "00:00:00")]);
        _mother = await _host.ParentAsync("mother");
        await _host.ParentAsync("teacher");
        await _host.ExecuteAsync("UPDATE groups SET checks_matches = NULL, teacher_id = 'teacher'; UPDATE participants SET teacher_since = 1 WHERE id = 'teacher'");
        _maya = await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        await _host.RunQueuedAsync();
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Three_matches_are_one_question_with_a_picture_and_nothing_is_sent_before_the_yes()
    {
        await PostAsync(2);
        Assert.Empty(await OpenAsync());
        await PostAsync(1);
        var request = Assert.Single(await OpenAsync());
        Assert.Equal((RequestKind.FirstMatches, _maya, "teacher"), (request.Kind, request.Person, request.To.Value));
        await PostAsync(1);
        Assert.Single(await OpenAsync());
        Assert.Equal((4, 0), (await NamedAsync(), await DeliveriesAsync()));

        var held = (await HeldAsync())!;
        Assert.Equal(3, held.Faces!.Split(' ').Length);
        Assert.True(await MaySeeAsync(held.Picture, "teacher"));
        Assert.False(await MaySeeAsync(held.Picture, "mother"));
        var picture = _host.Get<PhotoDecoder>().Decode(await _host.Media.GetAsync(held.Picture, default), "the picture");
        Assert.InRange(picture.Width / (double)picture.Height, 3, 4.2);

        Assert.Null(await AnswerAsync(request, "mother", RequestAnswer.Allow));
        Assert.Equal(RequestState.Granted, await AnswerAsync(request, "teacher", RequestAnswer.Allow));
        await _host.RunQueuedAsync();
        Assert.Equal(4, await DeliveriesAsync());
        Assert.Null(await HeldAsync());
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Held));

        await PostAsync(1);
        Assert.Equal(5, await DeliveriesAsync());
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task After_a_no_the_faces_are_asked_about_one_by_one_and_the_next_ones_are_shown_again()
    {
        await PostAsync(3);
        Assert.Equal(RequestState.Refused, await AnswerAsync(Assert.Single(await OpenAsync()), "teacher", RequestAnswer.Refuse));
        await _host.RunQueuedAsync();
        Assert.Equal((0, 0), (await NamedAsync(), await DeliveriesAsync()));
        Assert.Equal(3, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM faces WHERE person_id = '{_maya}' AND verdict = 'uncertain'"));
        Assert.True(await _host.ScalarAsync<int>("SELECT COUNT(*) FROM questions WHERE state = 'asked'") > 0);
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Held));

        await PostAsync(3);
        Assert.Single(await OpenAsync());
        Assert.Equal(0, await DeliveriesAsync());
    }

    [Fact]
    public async Task A_child_who_is_seen_once_is_asked_about_after_an_hour()
    {
        await PostAsync(1);
        await LookAfterAsync();
        Assert.Empty(await OpenAsync());
        _clock.Advance(TimeSpan.FromMinutes(61));
        await LookAfterAsync();
        Assert.Equal(RequestState.Granted, await AnswerAsync(Assert.Single(await OpenAsync()), "teacher", RequestAnswer.Allow));
        await _host.RunQueuedAsync();
        Assert.Equal(1, await DeliveriesAsync());
    }

    [Fact]
    public async Task Without_an_answer_operators_are_told_after_a_day_and_nothing_is_sent()
    {
        await PostAsync(3);
        await LookAfterAsync();
        Assert.Equal(0, await NotificationsAsync());
        _clock.Advance(TimeSpan.FromHours(25));
        await LookAfterAsync();
        Assert.Equal(1, await NotificationsAsync());
        _clock.Advance(TimeSpan.FromDays(9));
        await LookAfterAsync();
        Assert.Equal(0, await DeliveriesAsync());
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task Without_a_teacher_an_operator_is_told_at_once_and_decides()
    {
        await _host.ExecuteAsync("UPDATE groups SET teacher_id = NULL; UPDATE participants SET teacher_since = NULL");
        await PostAsync(3);
        await LookAfterAsync();
        Assert.Equal(1, await NotificationsAsync());
        var held = (await HeldAsync())!;
        Assert.False(await DecideAsync(held, RequestAnswer.Same));
        Assert.True(await DecideAsync(held, RequestAnswer.Allow));
        await _host.RunQueuedAsync();
        Assert.Equal(3, await DeliveriesAsync());
    }

    [Fact]
    public async Task A_child_who_must_be_confirmed_is_asked_about_afterwards()
    {
        await _host.ExecuteAsync("UPDATE groups SET confirms = 1");
        await PostAsync(3);
        Assert.Empty(await OpenAsync());
        await _host.Database.WriteAsync(session => _host.Get<IRequests>().DecideAsync(session, _maya, granted: true));
        await _host.RunQueuedAsync();
        Assert.Single(await OpenAsync());
        Assert.Equal(0, await DeliveriesAsync());
    }

    [Theory]
    [InlineData("UPDATE groups SET checks_matches = 0")]
    [InlineData("UPDATE groups SET kind = 'adults'")]
    [InlineData("UPDATE persons SET matches_checked_at = 1")]
    public async Task Otherwise_the_first_photo_is_sent_at_once(string sql)
    {
        await _host.ExecuteAsync(sql);
        await PostAsync(1);
        Assert.Equal(1, await DeliveriesAsync());
        Assert.Empty(await OpenAsync());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_playground_is_exempt_while_nothing_is_open_to_the_outside(bool takesVisitors, bool checks)
    {
        await _host.Get<Recognition.Storage.Groups>().EnsurePlaygroundAsync(new GroupId("play"), "Play", takesVisitors: true, default);
        await _host.Get<Recognition.Storage.Groups>().EnsurePlaygroundAsync(new GroupId("play"), "Play", takesVisitors, default);
        await _host.ExecuteAsync("UPDATE persons SET group_id = 'play'");
        Assert.Equal(checks, await _host.Database.ReadAsync(session => MatchChecks.AreUncheckedAsync(session, _maya)));
    }

    private async Task PostAsync(int photos)
    {
        var pixels = _host.Get<PhotoDecoder>().Decode(RecognitionHost.Sample(2), "the sample");
        for (var i = 0; i < photos; i++)
        {
            var number = ++_posted;
            _clock.Advance(TimeSpan.FromSeconds(10));
            await _host.Photos.ReceiveAsync(
                RecognitionHost.Class, $"{number}", $"{number}.jpg", _host.Get<PhotoEncoder>().EncodeJpeg(pixels, 70 + (number * 3)), default);
            await _host.RunQueuedAsync();
        }
    }

    private async Task LookAfterAsync()
    {
        await _host.RunAsync(new Recognition.Messages.LookAfterRequests(_clock.GetUtcNow()));
        await _host.RunQueuedAsync();
    }

    private async Task<IReadOnlyList<Request>> OpenAsync() =>
        [.. (await _host.Database.ReadAsync(session => RequestTable.OpenAsync(session, new ParticipantId("teacher")))).Where(request => request.Kind == RequestKind.FirstMatches)];

    private Task<RequestState?> AnswerAsync(Request request, string by, RequestAnswer answer) =>
        _host.Database.WriteAsync(session => _host.Get<IRequests>().AnswerAsync(session, request.Id, new ParticipantId(by), answer));

    private Task<bool> DecideAsync(HeldFace held, RequestAnswer answer) =>
        _host.Database.WriteAsync(session => _host.Get<IRequests>().DecideAsync(session, held.Id, answer));

    private async Task<HeldFace?> HeldAsync() => (await _host.Database.ReadAsync(HeldFaceTable.AllAsync)).SingleOrDefault();

    private Task<bool> MaySeeAsync(MediaKey picture, string viewer) =>
        _host.Database.ReadAsync(session => PictureRights.MayBeSeenAsync(session, picture, new ParticipantId(viewer), shownAt: 0));

    private Task<int> NamedAsync() => _host.ScalarAsync<int>($"SELECT COUNT(*) FROM faces WHERE person_id = '{_maya}' AND verdict = 'named'");

    private Task<int> DeliveriesAsync() => _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions");

    private Task<int> NotificationsAsync() => _host.ScalarAsync<int>("SELECT COUNT(*) FROM notifications WHERE kind = 'matchesunchecked'");
}
