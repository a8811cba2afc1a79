using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Messages;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>Colleagues say who somebody is: enough equal votes decide, once, and that teaches.</summary>
public sealed class VotesDecide : IAsyncLifetime
{
    private TaggingHost _host = null!;
    private PersonId _maya;

    public async ValueTask InitializeAsync()
    {
        _host = await TaggingHost.StartAsync();
        _maya = await _host.PersonAsync("Maya");
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Two_colleagues_name_a_cluster_and_all_its_photos_reach_the_guardian_oldest_first()
    {
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        for (var photo = 0; photo < 3; photo++)
            await _host.AskAsync(await _host.SeeAsync(Vectors.Near(Vectors.Of("unknown"), 0.2f, $"side {photo}")));
        Assert.Equal(TagReceipt.Taken, await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, _maya));
        Assert.Equal((QuestionState.Voting, 4), ((await _host.ViewAsync(question)).State, (await _host.ViewAsync(question)).Photos));
        await _host.VoteAsync(question, "slack:U2", TagAnswer.Person, _maya);

        var view = await _host.ViewAsync(question);
        Assert.Equal((QuestionState.Decided, "Maya", 4), (view.State, view.Person!.Name, view.Delivered));
        Assert.Equal((4, 0), (await _host.CountAsync($"faces WHERE verdict = 'named' AND person_id = '{_maya}'"), await _host.CountAsync("cluster_faces")));
        Assert.Equal(4, _host.Recognition.Parents.Got.Count);
        Assert.All(_host.Recognition.Parents.Got, notice => Assert.Equal("guardian of Maya", notice.To.Value));
        Assert.Equal(4, _host.Collections.Indexed.Distinct().Count());
        Assert.Equal(QuestionState.Decided, _host.Asked.Updated.Last().View.State);
        Assert.Null(_host.Asked.Updated.Last().View.Thumbnail);

        for (var round = 0; round < 2; round++)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(30));
            await _host.Recognition.RunAsync(new Atmosphere.Recognition.Messages.LookAfterQuestions(_host.Clock.GetUtcNow()));
            await _host.Recognition.RunQueuedAsync();
        }

        Assert.Equal(4, Assert.Single(_host.Asked.Updated, post => post.View.Delivered > 0).View.Delivered);
    }

    [Fact]
    public async Task Two_votes_at_the_same_instant_decide_once_and_each_face_is_sent_once_however_often_the_message_comes()
    {
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await Task.WhenAll(Enumerable.Range(1, 4).Select(voter => _host.Recognition.RunAsync(new FaceTagReceived(question, $"slack:U{voter}", TagAnswer.Person, _maya))));
        Assert.Equal(1, await _host.CountAsync("messages WHERE type LIKE '%FaceTagged'"));

        var tagged = new FaceTagged(question);
        await _host.Recognition.WorkInVainAsync(tagged);
        await _host.Recognition.RunAsync(tagged);
        await _host.Recognition.RunAsync(tagged);
        await _host.Recognition.RunQueuedAsync();
        Assert.Single(_host.Collections.Indexed);
        Assert.Equal("sent", await _host.TextAsync("SELECT state FROM trained_faces"));
    }

    [Fact]
    public async Task A_changed_mind_replaces_the_vote()
    {
        var ben = await _host.PersonAsync("Ben");
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, _maya);
        await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, ben);
        await _host.VoteAsync(question, "slack:U2", TagAnswer.Person, _maya);
        Assert.Equal(QuestionState.Voting, (await _host.ViewAsync(question)).State);
        Assert.Equal(2, (await _host.ViewAsync(question)).Votes.Count);

        await _host.VoteAsync(question, "slack:U2", TagAnswer.Person, ben);
        Assert.Equal("Ben", (await _host.ViewAsync(question)).Person?.Name);
    }

    [Fact]
    public async Task A_vote_after_closing_has_no_effect()
    {
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await _host.VoteAsync(question, "slack:U1", TagAnswer.CannotTell);
        await _host.VoteAsync(question, "slack:U2", TagAnswer.CannotTell);

        Assert.Equal(TagReceipt.Closed, await _host.VoteAsync(question, "slack:U3", TagAnswer.Person, _maya));
        await _host.Recognition.RunAsync(new FaceTagReceived(question, "slack:U3", TagAnswer.Person, _maya));
        Assert.Equal((2, TagAnswer.CannotTell), ((await _host.ViewAsync(question)).Votes.Count, (await _host.ViewAsync(question)).Answer));
    }

    [Fact]
    public async Task Nobody_of_another_group_and_nobody_without_consent_can_be_named()
    {
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await _host.Recognition.ExecuteAsync("UPDATE consents SET withdrawn_at = 1");
        Assert.Equal(TagReceipt.Unknown, await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, _maya));
        Assert.Equal(TagReceipt.Unknown, await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, PersonId.New()));
        Assert.Equal(TagReceipt.Unknown, await _host.VoteAsync(QuestionId.New(), "slack:U1", TagAnswer.Nobody));
        Assert.Equal(0, await _host.CountAsync("face_tags"));
    }

    [Fact]
    public async Task Guardians_alone_do_not_decide_that_it_is_their_child()
    {
        var other = await _host.Recognition.ParentAsync("father");
        await _host.Recognition.ExecuteAsync($"INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('{_maya}', '{other}', 'guardian', 0)");
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await _host.VoteAsync(question, "participant:guardian of Maya", TagAnswer.Person, _maya);
        await _host.VoteAsync(question, "participant:father", TagAnswer.Person, _maya);
        Assert.Equal(QuestionState.Voting, (await _host.ViewAsync(question)).State);

        await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, _maya);
        Assert.Equal(QuestionState.Decided, (await _host.ViewAsync(question)).State);
    }

    [Theory]
    [InlineData(TagAnswer.Visitor)]
    [InlineData(TagAnswer.Nobody)]
    [InlineData(TagAnswer.CannotTell)]
    public async Task Who_is_a_visitor_is_never_asked_about_again(TagAnswer answer)
    {
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await _host.VoteAsync(question, "slack:U1", answer);
        await _host.VoteAsync(question, "slack:U2", answer);
        for (var photo = 0; photo < 3; photo++)
            await _host.AskAsync(await _host.SeeAsync(Vectors.Near(Vectors.Of("unknown"), 0.2f, $"side {photo}")));

        Assert.Equal((1, answer), (await _host.CountAsync("questions"), (await _host.ViewAsync(question)).Answer));
        Assert.Equal(4, await _host.CountAsync("faces WHERE verdict = 'nobody'"));
        Assert.Single(_host.Asked.Asked);
    }
}
