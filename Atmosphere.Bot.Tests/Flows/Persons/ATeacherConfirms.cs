using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <summary>A group that asks its teacher before anything is delivered.</summary>
public sealed class ATeacherConfirms : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private RecognitionHost _host = null!;
    private ParticipantId _mother;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false, _clock);
        _mother = await _host.ParentAsync("mother");
        await _host.ParentAsync("teacher");
        await _host.ExecuteAsync("UPDATE groups SET confirms = 1, teacher_id = 'teacher' WHERE id = 'class'");
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE id = 'teacher'");
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_yes_confirms_the_person_and_the_photos_that_were_found_before_are_distributed()
    {
        var maya = await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        var request = Assert.Single(await OpenAsync("teacher"));
        Assert.Equal((RequestKind.Confirmation, maya, "mother"), (request.Kind, request.Person, request.From.Value));
        Assert.False(await IsConfirmedAsync(maya));
        var photo = await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        await _host.RunQueuedAsync();
        Assert.Equal("named", await _host.ScalarAsync<string>($"SELECT verdict FROM faces WHERE person_id = '{maya}'"));

        Assert.Null(await AnswerAsync(request, "mother", true));
        Assert.Equal(RequestState.Granted, await AnswerAsync(request, "teacher", true));

        Assert.True(await IsConfirmedAsync(maya));
        Assert.Equal("teacher", await _host.ScalarAsync<string>("SELECT confirmed_by FROM persons"));
        Assert.Equal(new RequestEnded(request.Id), await OtherThanAsync<DistributePhoto>(new DistributePhoto(photo)));
    }

    [Fact]
    public async Task A_no_removes_the_person()
    {
        var maya = await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);

        Assert.Equal(RequestState.Refused, await AnswerAsync(Assert.Single(await OpenAsync("teacher")), "teacher", false));

        Assert.Equal("erasing", await _host.ScalarAsync<string>($"SELECT state FROM persons WHERE id = '{maya}'"));
    }

    [Fact]
    public async Task The_teachers_own_child_needs_no_confirmation()
    {
        var maya = await _host.ConnectAsync("Maya", new ParticipantId("teacher"), RecognitionHost.Sample(2), 1);

        Assert.True(await IsConfirmedAsync(maya));
        Assert.Empty(await OpenAsync("teacher"));
    }

    [Fact]
    public async Task Of_several_teachers_the_first_answer_counts()
    {
        await _host.ParentAsync("second");
        await _host.ExecuteAsync("UPDATE groups SET teacher_id = NULL");
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE id IN ('teacher', 'second')");
        await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        var other = Assert.Single(await OpenAsync("second"));

        Assert.Equal(RequestState.Granted, await AnswerAsync(Assert.Single(await OpenAsync("teacher")), "teacher", true));

        Assert.Empty(await OpenAsync("second"));
        Assert.Null(await AnswerAsync(other, "second", false));
    }

    [Fact]
    public async Task A_teacher_is_reminded_once_and_asked_when_there_was_none_before()
    {
        await _host.ExecuteAsync("UPDATE groups SET teacher_id = NULL");
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = NULL");
        var maya = await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        await LookAfterAsync();
        Assert.Empty(await OpenAsync("teacher"));

        await _host.ExecuteAsync("UPDATE groups SET teacher_id = 'teacher'");
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE id = 'teacher'");
        await LookAfterAsync();
        Assert.Equal([$"asked confirmation-{maya}-teacher"], _host.Said.Words.Where(word => word.StartsWith("asked", StringComparison.Ordinal)));
        for (var day = 0; day < 3; day++)
        {
            _clock.Advance(TimeSpan.FromHours(25));
            await LookAfterAsync();
        }

        Assert.Single(_host.Said.Words, $"asked again confirmation-{maya}-teacher");
    }

    [Fact]
    public async Task An_owner_who_does_not_answer_for_a_week_is_asked_no_more()
    {
        await _host.ExecuteAsync("UPDATE groups SET confirms = 0, teacher_id = NULL");
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = NULL");
        await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        var second = await _host.ConnectAsync("Maya", await _host.ParentAsync("father"), RecognitionHost.Sample(2), 1);
        await _host.RunQueuedAsync();
        Assert.Single(await OpenAsync("mother"));

        _clock.Advance(TimeSpan.FromDays(6));
        await LookAfterAsync();
        Assert.Single(await OpenAsync("mother"));
        _clock.Advance(TimeSpan.FromDays(1));
        await LookAfterAsync();

        Assert.Empty(await OpenAsync("mother"));
        Assert.Contains($"ended look-alike-{second}-refused", _host.Said.Words);
    }

    [Fact]
    public async Task A_revoked_teacher_confirms_nothing_and_others_are_asked()
    {
        await _host.ParentAsync("second");
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE id = 'second'");
        await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        var request = Assert.Single(await OpenAsync("teacher"));

        Assert.True(await _host.Database.WriteAsync(session => Teachers.RevokeAsync(session, new ParticipantId("teacher"), _clock.GetUtcNow())));
        Assert.Empty(await OpenAsync("teacher"));
        Assert.Null(await AnswerAsync(request, "teacher", true));
        await LookAfterAsync();

        Assert.Single(await OpenAsync("second"));
        Assert.DoesNotContain(_host.Said.Words, word => word.StartsWith("ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_question_that_stayed_open_gives_somebody_who_is_no_teacher_any_more_no_power()
    {
        var maya = await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        var request = Assert.Single(await OpenAsync("teacher"));
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = NULL");

        Assert.Null(await AnswerAsync(request, "teacher", true));

        Assert.False(await IsConfirmedAsync(maya));
        Assert.Equal("connected", await _host.ScalarAsync<string>("SELECT state FROM persons"));
        Assert.Empty(await OpenAsync("teacher"));
    }

    [Fact]
    public async Task The_child_of_somebody_who_is_no_teacher_any_more_waits_like_any_other()
    {
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = NULL");

        Assert.False(await IsConfirmedAsync(await _host.ConnectAsync("Maya", new ParticipantId("teacher"), RecognitionHost.Sample(2), 1)));
    }

    [Fact]
    public async Task Operators_are_told_daily_how_many_wait_in_which_group_and_decide_in_the_place_of_a_teacher()
    {
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = NULL");
        var maya = await _host.ConnectAsync("Mayonnaise", _mother, RecognitionHost.Sample(2), 1);
        await LookAfterAsync();
        await LookAfterAsync();
        var told = await _host.ScalarAsync<string>("SELECT text FROM notifications WHERE kind = 'persons-unconfirmed' AND photo_id = 'class'");
        Assert.StartsWith("1 registered persons of group 'class' wait", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Mayonnaise", told, StringComparison.Ordinal);
        var at = await _host.ScalarAsync<long>("SELECT created_at FROM notifications WHERE kind = 'persons-unconfirmed'");
        _clock.Advance(TimeSpan.FromHours(25));
        await LookAfterAsync();
        Assert.True(await _host.ScalarAsync<long>("SELECT created_at FROM notifications WHERE kind = 'persons-unconfirmed'") > at);

        var waiting = Assert.Single(await ListAsync());
        Assert.Equal((maya, 0, false), (waiting.Id, waiting.Asked, waiting.IsConfirmed));
        Assert.True(await DecideAsync(maya, true));
        Assert.False(await DecideAsync(maya, true));

        Assert.True(await IsConfirmedAsync(maya));
        Assert.Empty(await ListAsync());
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM requests WHERE state = 'open'"));
        await _host.RunQueuedAsync();
        Assert.Contains($"ended confirmation-{maya}-operator", _host.Said.Words);
    }

    [Fact]
    public async Task An_operator_who_refuses_has_the_person_removed_and_the_teacher_is_asked_no_more()
    {
        var maya = await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);

        Assert.True(await DecideAsync(maya, false));

        Assert.Equal("erasing", await _host.ScalarAsync<string>("SELECT state FROM persons"));
        Assert.Empty(await OpenAsync("teacher"));
        Assert.Equal("refused", await _host.ScalarAsync<string>($"SELECT state FROM requests WHERE id = 'confirmation-{maya}-operator'"));
    }

    private Task<bool> DecideAsync(PersonId person, bool granted) =>
        _host.Database.WriteAsync(session => _host.Get<IRequests>().DecideAsync(session, person, granted));

    private Task<IReadOnlyList<PersonEntry>> ListAsync() => _host.Database.ReadAsync(session => RegisteredPersons.ListAsync(session, unconfirmed: true, 10));

    private async Task LookAfterAsync()
    {
        await _host.RunAsync(new Atmosphere.Recognition.Messages.LookAfterRequests(_clock.GetUtcNow()));
        await _host.RunQueuedAsync();
    }

    /// <summary>The messages that wait are these two, in either order.</summary>
    private async Task<object?> OtherThanAsync<T>(T expected)
    {
        var (first, second) = (await _host.TakeAsync(), await _host.TakeAsync());
        Assert.Contains(expected!, new object?[] { first, second });
        return first is T ? second : first;
    }

    private Task<IReadOnlyList<Request>> OpenAsync(string of) => _host.Database.ReadAsync(session => RequestTable.OpenAsync(session, new ParticipantId(of)));

    private Task<bool> IsConfirmedAsync(PersonId person) => _host.Database.ReadAsync(session => _host.Get<IRegistrations>().IsConfirmedAsync(session, person));

    private Task<RequestState?> AnswerAsync(Request request, string by, bool granted) =>
        _host.Database.WriteAsync(session => _host.Get<IRequests>().AnswerAsync(
            session, request.Id, new ParticipantId(by), granted ? RequestAnswer.Allow : RequestAnswer.Refuse));
}
