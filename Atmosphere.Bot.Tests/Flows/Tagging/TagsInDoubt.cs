using Atmosphere.Recognition.Domain;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>Implausible tags are not learned, and a voter can correct a mistake.</summary>
public sealed class TagsInDoubt : IAsyncLifetime
{
    private TaggingHost _host = null!;
    private PersonId _maya;

    public async ValueTask InitializeAsync()
    {
        _host = await TaggingHost.StartAsync(settings: (TaggingHost.Least, "60"));
        _maya = await _host.PersonAsync("Maya");
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("slack:U2", 1.2f, QuestionState.Refused)]
    [InlineData("slack:U2", 0.55f, QuestionState.Refused)]
    [InlineData("slack:U2", 0.5f, QuestionState.Decided)]
    [InlineData("participant:guardian of Maya", 1.2f, QuestionState.Decided)]
    public async Task A_face_that_looks_nothing_like_the_person_is_not_learned_unless_the_guardian_says_so(string second, float distance, QuestionState state)
    {
        var question = await _host.AskAboutAsync(Vectors.Near(Vectors.Of("Maya"), distance, "unknown"));
        await _host.VoteAsync(question, second, TagAnswer.Person, _maya);
        await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, _maya);

        var (view, refused) = (await _host.ViewAsync(question), state == QuestionState.Refused);
        Assert.Equal((state, "Maya", refused ? "tagging.refused-not-alike" : null), (view.State, view.Person?.Name, view.Reason));
        Assert.Equal(refused ? 0 : 1, _host.Collections.Indexed.Count);
        Assert.Equal(refused ? 0 : 1, await _host.CountAsync("faces WHERE verdict = 'named'"));
        Assert.Equal(refused ? 0 : 2, view.Votes.Count);
    }

    [Fact]
    public async Task Who_is_not_among_the_nearest_is_not_alike_either_and_who_has_no_faces_may_be_anybody()
    {
        var face = Vectors.Of("unknown");
        foreach (var number in Enumerable.Range(0, 5))
        {
            var person = await _host.PersonAsync($"Child {number}");
            var near = FaceId.New();
            await _host.Collections.IndexFacesAsync(new("class"), [new(near, Vectors.Near(face, 0.5f, $"side {number}"))], default);
            await _host.Collections.DeleteFacesAsync(
                new("class"), [.. (await _host.Collections.ListFacesAsync(new("class"), person, default)).Select(one => one.Face)], default);
            await _host.Collections.AssociateFacesAsync(new("class"), person, [near], default);
        }

        var question = await _host.AskAboutAsync(face);
        await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, _maya);
        await _host.VoteAsync(question, "slack:U2", TagAnswer.Person, _maya);
        Assert.Equal(QuestionState.Refused, (await _host.ViewAsync(question)).State);

        await _host.Collections.DeleteFacesAsync(
            new("class"), [.. (await _host.Collections.ListFacesAsync(new("class"), _maya, default)).Select(one => one.Face)], default);
        var other = await _host.AskAboutAsync(Vectors.Of("another"));
        await _host.VoteAsync(other, "slack:U1", TagAnswer.Person, _maya);
        await _host.VoteAsync(other, "slack:U2", TagAnswer.Person, _maya);
        Assert.Equal(QuestionState.Decided, (await _host.ViewAsync(other)).State);
    }

    [Fact]
    public async Task A_changed_mind_lifts_what_its_voter_said_against_the_name_and_nobody_elses_word()
    {
        var maya = Vectors.Near(Vectors.Of("Maya"), 0.5f, "unknown");
        var question = await _host.AskAboutAsync(maya);
        foreach (var voter in (string[])["slack:U1", "slack:U3", "participant:guardian of Maya"])
        {
            var face = await _host.SeeAsync(Vectors.Near(maya, 0.1f, voter));
            await _host.Recognition.ExecuteAsync(
                $"INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES ('{face.Face}', '{voter}', 'is-not', '{_maya}', 1)");
        }

        await _host.VoteAsync(question, "participant:guardian of Maya", TagAnswer.Person, _maya);
        Assert.Equal(3, await _host.CountAsync("face_tags WHERE verdict = 'is-not'"));
        await _host.VoteAsync(question, "slack:U1", TagAnswer.Person, _maya);

        Assert.Equal("participant:guardian of Maya,slack:U3", await _host.TextAsync("SELECT group_concat(voter) FROM (SELECT voter FROM face_tags WHERE verdict = 'is-not' ORDER BY voter)"));
        Assert.Equal(2, await _host.CountAsync("faces WHERE verdict = 'named'"));
    }
}
