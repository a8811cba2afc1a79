using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>Learning between the vote and the name: refusals of the engine, failures, and persons erased meanwhile.</summary>
public sealed class WhatTagsTeach : IAsyncLifetime
{
    private TaggingHost _host = null!;
    private PersonId _maya;
    private QuestionId _question;

    public async ValueTask InitializeAsync()
    {
        _host = await TaggingHost.StartAsync();
        _maya = await _host.PersonAsync("Maya");
        _question = await _host.AskAboutAsync(Vectors.Of("unknown"));
        await _host.VoteAsync(_question, "slack:U1", TagAnswer.Person, _maya);
        await _host.Recognition.RunAsync(new FaceTagReceived(_question, "slack:U2", TagAnswer.Person, _maya));
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_the_engine_refuses_loses_its_votes_and_says_why()
    {
        _host.Collections.Failure = () => new AssociationRefusedException(new("class"), _maya, "as the test wants it.");
        await _host.Recognition.RunQueuedAsync();

        var view = await _host.ViewAsync(_question);
        Assert.Equal((QuestionState.Refused, "tagging.refused-by-engine", 0), (view.State, view.Reason, view.Votes.Count));
        Assert.Equal((0, 1, 0), (await _host.CountAsync("face_tags"), await _host.CountAsync("collection_faces"), await _host.CountAsync("faces WHERE verdict = 'named'")));
        Assert.Equal(QuestionState.Refused, _host.Asked.Updated.Last().View.State);
    }

    [Fact]
    public async Task In_a_group_that_confirms_a_tagged_face_that_is_not_clearly_the_persons_waits()
    {
        await _host.Recognition.ExecuteAsync("UPDATE groups SET confirms = 1");
        await _host.Recognition.ExecuteAsync("UPDATE persons SET confirmed_at = 1");
        await _host.Recognition.RunAsync(new FaceTagged(_question));
        Assert.Equal((1, 1), (await _host.CountAsync("collection_faces"), await _host.CountAsync("held_faces WHERE from_id IS NULL AND state = 'waiting'")));
    }

    [Fact]
    public async Task A_face_that_is_clearly_somebody_else_is_refused()
    {
        var collection = new CollectionId("class");
        var ben = await _host.PersonAsync("Ben");
        var face = FaceId.New();
        await _host.Collections.IndexFacesAsync(collection, [new FaceToIndex(face, Vectors.Of("unknown"))], default);
        await _host.Collections.DeleteFacesAsync(collection, [.. (await _host.Collections.ListFacesAsync(collection, ben, default)).Select(one => one.Face)], default);
        await _host.Collections.AssociateFacesAsync(collection, ben, [face], default);
        await _host.Recognition.RunQueuedAsync();

        Assert.Equal((QuestionState.Refused, "tagging.refused-looks-like-another"), ((await _host.ViewAsync(_question)).State, (await _host.ViewAsync(_question)).Reason));
        Assert.Equal(0, await _host.CountAsync("trained_faces"));
    }

    [Fact]
    public async Task Any_other_failure_keeps_the_votes_and_the_next_attempt_succeeds()
    {
        _host.Collections.Failure = () => new IOException("The engine is away.");
        await Assert.ThrowsAsync<IOException>(() => _host.Recognition.RunAsync(new FaceTagged(_question)));
        Assert.Equal((2, QuestionState.Decided), (await _host.CountAsync("face_tags"), (await _host.ViewAsync(_question)).State));

        _host.Collections.Failure = null;
        await _host.Recognition.RunQueuedAsync();
        Assert.Equal(1, await _host.CountAsync($"faces WHERE verdict = 'named' AND person_id = '{_maya}'"));
        Assert.Equal(2, await _host.CountAsync("collection_faces"));
    }

    [Theory]
    [InlineData("UPDATE consents SET withdrawn_at = 1", "UPDATE consents SET withdrawn_at = NULL")]
    [InlineData("UPDATE persons SET state = 'connecting'", "UPDATE persons SET state = 'connected'")]
    public async Task Nothing_is_sent_without_consent_or_before_the_person_is_learned_and_the_votes_wait(string without, string with)
    {
        await _host.Recognition.ExecuteAsync(without);
        await Assert.ThrowsAsync<TryLaterException>(() => _host.Recognition.RunAsync(new FaceTagged(_question)));
        Assert.Empty(_host.Collections.Indexed);
        Assert.Equal(2, await _host.CountAsync("face_tags"));

        await _host.Recognition.ExecuteAsync(with);
        await _host.Recognition.RunQueuedAsync();
        Assert.Single(_host.Collections.Indexed);
    }

    [Fact]
    public async Task Who_is_removed_while_their_face_is_taught_leaves_nothing_in_the_collection()
    {
        _host.Collections.BeforeAssociation = () => _host.Recognition.ExecuteAsync("UPDATE persons SET state = 'erasing'");
        await _host.Recognition.RunAsync(new FaceTagged(_question));

        Assert.Equal(1, await _host.CountAsync("collection_faces"));
        Assert.Equal(0, await _host.CountAsync("trained_faces"));
        Assert.Equal(0, await _host.CountAsync("faces WHERE verdict = 'named'"));
    }

    [Fact]
    public async Task Whoever_is_forgotten_is_named_by_no_question_and_no_post_any_more()
    {
        await _host.Recognition.RunQueuedAsync();
        var other = await _host.AskAboutAsync(Vectors.Of("somebody else"));
        await _host.VoteAsync(other, "slack:U1", TagAnswer.Person, _maya);
        var posts = _host.Asked.Updated.Count;

        var erasures = _host.Recognition.Get<IErasures>();
        await _host.Recognition.Database.WriteAsync(session => erasures.RemovePersonAsync(session, _maya, new ParticipantId("guardian of Maya")));
        await _host.Recognition.RunQueuedAsync();

        Assert.Equal("erased", await _host.TextAsync("SELECT state FROM erasures"));
        Assert.Equal((1, 0, 0), (await _host.CountAsync("questions"), await _host.CountAsync("face_tags"), await _host.CountAsync("trained_faces")));
        Assert.Equal(0, await _host.CountAsync("collection_faces"));
        Assert.All(_host.Asked.Updated.GroupBy(post => post.Post.Id), post => Assert.DoesNotContain("Maya", $"{post.Last().View.Person}{string.Join(' ', post.Last().View.Votes)}", StringComparison.Ordinal));
        Assert.True(_host.Asked.Updated.Count > posts);
        Assert.Empty((await _host.ViewAsync(other)).Votes);
    }

    [Fact]
    public async Task A_name_that_was_taken_back_is_asked_again_in_the_same_post()
    {
        await _host.Recognition.RunQueuedAsync();
        Assert.Equal(1, await _host.CountAsync("faces WHERE verdict = 'named'"));
        var tags = _host.Recognition.Get<IFaceTags>();
        await _host.Recognition.Database.WriteAsync(session => tags.UndoAsync(session, _question, "slack:U3", _maya));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await _host.Recognition.RunQueuedAsync();

        Assert.Equal((QuestionState.Asked, 0), ((await _host.ViewAsync(_question)).State, (await _host.ViewAsync(_question)).Votes.Count));
        Assert.Equal((0, 1), (await _host.CountAsync("faces WHERE verdict = 'named'"), await _host.CountAsync("collection_faces")));
        Assert.Single(_host.Asked.Asked);
        Assert.NotNull(_host.Asked.Updated.Last().View.Thumbnail);
    }
}
