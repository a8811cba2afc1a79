using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>Colleagues are asked once about somebody, however many photos there are.</summary>
public sealed class OneQuestionAPerson : IAsyncLifetime
{
    private TaggingHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TaggingHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Forty_photos_of_somebody_are_one_question_that_says_so()
    {
        for (var photo = 0; photo < 40; photo++)
            await _host.AskAsync(await _host.SeeAsync(Vectors.Near(Vectors.Of("unknown"), 0.2f, $"side {photo}")));

        Assert.Equal(1, await _host.CountAsync("questions"));
        Assert.Single(_host.Asked.Asked);
        Assert.Equal(40, _host.Asked.Updated.Last().View.Photos);
        Assert.Equal(2, _host.Asked.Pictures.Count);
    }

    [Fact]
    public async Task Two_clusters_that_become_one_keep_the_older_question_with_the_votes_of_both()
    {
        var maya = await _host.PersonAsync("Maya");
        var older = await _host.AskAboutAsync(Vectors.Of("one"));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var younger = await _host.AskAboutAsync(Vectors.Of("other"));
        await _host.VoteAsync(younger, "slack:U1", TagAnswer.Person, maya);
        var clusters = await _host.Recognition.Database.ReadAsync(session => session.QueryAsync<ClusterId>("SELECT cluster_id FROM questions ORDER BY asked_at"));
        await _host.Recognition.Database.WriteAsync(session => ClusterTable.MergeAsync(session, clusters[0], clusters[1]));

        var third = await _host.SeeAsync(Vectors.Near(Vectors.Of("one"), 0.1f));
        await _host.AskAsync(third);
        var (first, second) = (await _host.ViewAsync(older), await _host.ViewAsync(younger));
        Assert.Equal((QuestionState.Voting, 3, 1), (first.State, first.Photos, first.Votes.Count));
        Assert.Equal((QuestionState.Expired, "tagging.expired-merged"), (second.State, second.Reason));

        await _host.VoteAsync(older, "slack:U2", TagAnswer.Person, maya);
        Assert.Equal(QuestionState.Decided, (await _host.ViewAsync(older)).State);
        // The other one was merged by hand here and looks like nobody: the name is not used for it.
        Assert.Equal(2, await _host.CountAsync($"faces WHERE verdict = 'named' AND person_id = '{maya}'"));
    }

    [Fact]
    public async Task A_small_face_is_counted_and_nobody_is_asked()
    {
        await using var strict = await TaggingHost.StartAsync(null, ("Atmosphere:Tagging:SmallestFace", "80"), ("Atmosphere:Tagging:FacesBeforeAsking", "2"));
        await strict.AskAsync(await strict.SeeAsync(Vectors.Of("unknown"), height: 70));
        await strict.AskAsync(await strict.SeeAsync(Vectors.Near(Vectors.Of("unknown"), 0.1f), height: 90));
        Assert.Equal(0, await strict.CountAsync("questions"));

        await strict.AskAsync(await strict.SeeAsync(Vectors.Near(Vectors.Of("unknown"), 0.1f, "other"), height: 100));
        Assert.Equal(3, (await strict.ViewAsync(new QuestionId((await strict.TextAsync("SELECT id FROM questions"))!))).Photos);
    }

    [Fact]
    public async Task An_uncertain_face_is_a_choice_of_those_it_is_like_best_first()
    {
        var (maya, _) = (await _host.PersonAsync("Maya"), await _host.PersonAsync("Ben"));
        var face = await _host.SeeAsync(Vectors.Of("unknown"), candidate: maya, verdict: "uncertain");
        await _host.AskAsync(face);

        var asked = Assert.Single(_host.Asked.Asked);
        Assert.Equal((QuestionKind.Which, "Maya"), (asked.Kind, Assert.Single(asked.Suggestions).Name));
        var persons = await _host.Recognition.Database.ReadAsync(session => _host.Recognition.Get<IQuestions>().PersonsAsync(session, asked.Id, "", 10));
        Assert.Equal(["Maya", "Ben"], persons.Select(person => person.Name));
    }

    [Fact]
    public async Task A_stranger_in_the_cluster_does_not_get_the_name()
    {
        var maya = await _host.PersonAsync("Maya");
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        var stranger = await _host.SeeAsync(Vectors.Of("stranger"));
        await _host.Recognition.ExecuteAsync($"UPDATE cluster_faces SET cluster_id = (SELECT cluster_id FROM questions) WHERE face_id = '{stranger.Face}'");
        await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, maya);
        await _host.VoteAsync(question, "slack:U2", TagAnswer.Person, maya);

        Assert.Equal("nobody", await _host.TextAsync($"SELECT verdict FROM faces WHERE id = '{stranger.Face}'"));
        Assert.Single(_host.Recognition.Parents.Got);
    }

    [Fact]
    public async Task Of_two_who_look_alike_only_the_face_that_colleagues_saw_gets_the_name()
    {
        var (maya, mia) = (await _host.PersonAsync("Maya"), await _host.PersonAsync("Mia"));
        await _host.Recognition.Database.WriteAsync(session => LookAlikes.AddAsync(session, maya, mia));
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        var other = await _host.SeeAsync(Vectors.Near(Vectors.Of("unknown"), 0.1f));
        await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, maya);
        await _host.VoteAsync(question, "slack:U2", TagAnswer.Person, maya);

        Assert.Equal("nobody", await _host.TextAsync($"SELECT verdict FROM faces WHERE id = '{other.Face}'"));
        Assert.Equal("guardian of Maya", Assert.Single(_host.Recognition.Parents.Got).To.Value);
    }

    [Fact]
    public async Task Where_a_guardian_said_that_it_is_not_the_child_two_colleagues_may_say_so_and_the_guardian_still_gets_nothing()
    {
        var maya = await _host.PersonAsync("Maya");
        var face = await _host.SeeAsync(Vectors.Of("unknown"));
        await _host.Recognition.ExecuteAsync(
            $"INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES ('{face.Face}', 'participant:guardian of Maya', 'is-not', '{maya}', {_host.Clock.GetUtcNow().ToUnixTimeMilliseconds()})");
        var questioned = new Atmosphere.Recognition.Messages.FaceQuestioned(face.Photo, face.Face, maya, Atmosphere.Recognition.Messages.FaceQuestion.NotTheChild);
        for (var time = 0; time < 2; time++)
            await _host.Recognition.RunAsync(questioned);
        await _host.Recognition.RunQueuedAsync();

        var asked = Assert.Single(_host.Asked.Asked);
        Assert.Equal((QuestionKind.Check, "Maya", 0), (asked.Kind, asked.About?.Name, asked.Votes.Count));
        await _host.VoteAsync(asked.Id, "slack:U1", TagAnswer.Person, maya);
        Assert.Equal(0, await _host.CountAsync("faces WHERE verdict = 'named'"));
        await _host.VoteAsync(asked.Id, "slack:U2", TagAnswer.Person, maya);
        Assert.Equal(1, await _host.CountAsync("faces WHERE verdict = 'named'"));
        Assert.Empty(_host.Recognition.Parents.Got);
    }

    [Fact]
    public async Task When_the_shown_face_is_gone_another_one_is_shown_and_the_votes_go_with_it()
    {
        var maya = await _host.PersonAsync("Maya");
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        var other = await _host.SeeAsync(Vectors.Near(Vectors.Of("unknown"), 0.2f));
        await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, maya);
        await _host.Recognition.ExecuteAsync(
            $"DELETE FROM cluster_faces WHERE face_id <> '{other.Face}'; DELETE FROM bounding_boxes WHERE face_id <> '{other.Face}'; DELETE FROM faces WHERE id <> '{other.Face}'");
        await _host.Recognition.RunAsync(new Atmosphere.Recognition.Messages.LookAfterQuestions(_host.Clock.GetUtcNow()));
        await _host.Recognition.RunQueuedAsync();
        Assert.Equal((other.Face, 1), ((await _host.ViewAsync(question)).Face, (await _host.ViewAsync(question)).Votes.Count));

        await _host.Recognition.ExecuteAsync("DELETE FROM cluster_faces; DELETE FROM bounding_boxes; DELETE FROM faces");
        await _host.Recognition.RunAsync(new Atmosphere.Recognition.Messages.LookAfterQuestions(_host.Clock.GetUtcNow()));
        await _host.Recognition.RunQueuedAsync();
        Assert.Equal((QuestionState.Expired, "tagging.expired-gone"), ((await _host.ViewAsync(question)).State, _host.Asked.Updated.Last().View.Reason));
    }

    [Fact]
    public async Task A_question_whose_face_got_its_name_by_itself_is_decided_with_that_name()
    {
        var maya = await _host.PersonAsync("Maya");
        var question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await _host.Recognition.ExecuteAsync($"UPDATE faces SET verdict = 'named', person_id = '{maya}'");
        await _host.Recognition.RunAsync(new Atmosphere.Recognition.Messages.LookAfterQuestions(_host.Clock.GetUtcNow()));
        await _host.Recognition.RunQueuedAsync();

        Assert.Equal((QuestionState.Decided, "Maya"), (_host.Asked.Updated.Last().View.State, (await _host.ViewAsync(question)).Person?.Name));
        Assert.Empty(_host.Collections.Indexed);
    }
}
