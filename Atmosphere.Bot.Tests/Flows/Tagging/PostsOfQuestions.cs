using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>A question is posted once, whatever dies in between, and its post shows how it stands.</summary>
public sealed class PostsOfQuestions : IAsyncLifetime
{
    private readonly RecordingColleagues _colleagues = new();
    private TaggingHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TaggingHost.StartAsync(_colleagues);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_dies_between_posting_and_writing_it_down_does_not_post_twice()
    {
        var question = await UnshownAsync();
        await _host.Recognition.WorkInVainAsync(new QuestionChanged(question));
        Assert.Equal("sending", await _host.TextAsync("SELECT post_state FROM questions"));
        await _host.Recognition.RunAsync(new QuestionChanged(question));
        await _host.Recognition.RunQueuedAsync();

        Assert.Single(_colleagues.Asked);
        Assert.Equal($"posted {question}", await _host.TextAsync("SELECT post_state || ' ' || ts FROM questions"));
        Assert.Equal(2, _colleagues.Pictures.Count);
    }

    [Fact]
    public async Task What_was_surely_not_posted_is_posted_and_what_nobody_knows_is_an_operators()
    {
        var question = await UnshownAsync();
        await _host.Recognition.ExecuteAsync("UPDATE questions SET post_state = 'sending', posting_at = 1");
        await _host.Recognition.ExhaustAsync(new QuestionChanged(question), new IOException("away"));
        Assert.Equal("unknown", await _host.TextAsync("SELECT post_state FROM questions"));

        await _host.Recognition.RunAsync(new QuestionChanged(question));
        Assert.Single(_colleagues.Asked);
    }

    [Fact]
    public async Task Without_slack_the_question_waits_in_other_chats_and_is_posted_when_there_is_slack()
    {
        _colleagues.Listening = false;
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        Assert.Equal((0, QuestionState.Asked), (_colleagues.Asked.Count, (await _host.ViewAsync(question)).State));

        _colleagues.Listening = true;
        await LookAfterAsync();
        Assert.Single(_colleagues.Asked);
    }

    [Fact]
    public async Task What_was_answered_before_it_was_posted_is_not_posted()
    {
        _colleagues.Listening = false;
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await _host.VoteAsync(question, "participant:a", TagAnswer.Nobody);
        await _host.VoteAsync(question, "participant:b", TagAnswer.Nobody);
        _colleagues.Listening = true;
        await _host.Recognition.RunAsync(new QuestionChanged(question));
        await LookAfterAsync();
        Assert.Empty(_colleagues.Asked);
    }

    [Fact]
    public async Task When_it_is_answered_the_post_loses_its_pictures_and_then_the_channel()
    {
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        Assert.NotNull(_colleagues.Asked.Single().Thumbnail);
        await _host.VoteAsync(question, "slack:U1", TagAnswer.Visitor);
        Assert.Equal(_colleagues.Asked.Single().Thumbnail, _colleagues.Updated.Last().View.Thumbnail);
        await _host.VoteAsync(question, "slack:U2", TagAnswer.Visitor);
        Assert.Null(_colleagues.Updated.Last().View.Thumbnail);

        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.True((await _host.Recognition.Get<Retention>().RunAsync(default)).Complete);
        Assert.Empty(_colleagues.Pictures);
        Assert.Equal(0, await _host.CountAsync("colleague_pictures"));
    }

    [Fact]
    public async Task Changes_that_come_quickly_are_shown_together()
    {
        await using var slow = await TaggingHost.StartAsync(_colleagues, ("Atmosphere:Tagging:PostPause", "00:00:10"));
        var question = await slow.AskAboutAsync(Vectors.Of("unknown"));
        await slow.VoteAsync(question, "slack:U1", TagAnswer.Nobody);
        for (var photo = 0; photo < 5; photo++)
            await slow.AskAsync(await slow.SeeAsync(Vectors.Near(Vectors.Of("unknown"), 0.2f, $"side {photo}")));
        Assert.Empty(_colleagues.Updated);

        slow.Clock.Advance(TimeSpan.FromSeconds(11));
        await slow.Recognition.RunAsync(new QuestionChanged(question));
        await slow.Recognition.RunAsync(new QuestionChanged(question));
        Assert.Equal((6, 1), (Assert.Single(_colleagues.Updated).View.Photos, _colleagues.Updated.Single().View.Votes.Count));
    }

    [Fact]
    public async Task A_question_that_waits_is_reminded_of_once_a_day_by_day()
    {
        _ = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await _host.Recognition.ExecuteAsync("UPDATE groups SET time_zone = 'Asia/Jerusalem'");
        for (var hour = 0; hour < 60; hour++)
        {
            _host.Clock.Advance(TimeSpan.FromHours(1));
            await LookAfterAsync();
        }

        Assert.Equal(2, _colleagues.Told.Count);
        Assert.All(_colleagues.Told, told => Assert.Equal(("tagging.question-waits", "room"), (told.Notice.Text, told.About?.Channel)));
    }

    [Fact]
    public async Task Helpers_get_their_names_at_most_once_a_day_and_a_failure_costs_no_vote()
    {
        var looked = 0;
        _colleagues.Known = _ => looked++ == 0 ? throw new TryLaterException("busy", TimeSpan.FromSeconds(1)) : new Colleague("Dana", "dana@example.com");
        var question = await UnshownAsync();
        await _host.Recognition.RunAsync(new FaceTagReceived(question, "slack:U1", TagAnswer.Nobody, null));
        await Assert.ThrowsAsync<TryLaterException>(() => _host.Recognition.RunAsync(new ColleagueVoted("slack:U1")));
        for (var time = 0; time < 3; time++)
            await _host.Recognition.RunAsync(new ColleagueVoted("slack:U1"));

        Assert.Equal((2, "Dana dana@example.com"), (looked, await _host.TextAsync("SELECT name || ' ' || mail FROM colleagues")));
        var week = await _host.Recognition.Database.ReadAsync(session => _host.Recognition.Get<IQuestions>().WeekAsync(session));
        Assert.Equal((1, 0, "Dana", 1), (week.Asked, week.Decided, week.Helpers.Single().Name, week.Helpers.Single().Votes));
    }

    private async Task<QuestionId> UnshownAsync()
    {
        var face = await _host.SeeAsync(Vectors.Of("unknown"));
        await _host.Recognition.RunAsync(new FaceNotIdentified(face.Photo, face.Face, RecognitionHost.Class));
        await _host.Recognition.ExecuteAsync("DELETE FROM messages");
        return new QuestionId((await _host.TextAsync("SELECT id FROM questions"))!);
    }

    private async Task LookAfterAsync()
    {
        await _host.Recognition.RunAsync(new LookAfterQuestions(_host.Clock.GetUtcNow()));
        await _host.Recognition.RunQueuedAsync();
    }
}
