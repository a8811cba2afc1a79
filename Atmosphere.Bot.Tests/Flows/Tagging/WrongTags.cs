using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Messages;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>Two colleagues take a stranger for Maya, and the stranger's other photos follow. One click takes all of them back, and only them.</summary>
public sealed class WrongTags : IAsyncLifetime
{
    private static readonly Embedding _child = Vectors.Of("Maya");
    private static readonly Embedding _stranger = Vectors.Near(_child, 0.6f, "stranger");

    private readonly Dictionary<string, SeenFace> _faces = [];
    private TaggingHost _host = null!;
    private PersonId _maya;
    private QuestionId _question;
    private QuestionId _other;

    public async ValueTask InitializeAsync()
    {
        _host = await TaggingHost.StartAsync();
        _maya = await _host.PersonAsync("Maya");
        _ = await _host.Recognition.ParentAsync("father");
        await _host.Recognition.ExecuteAsync(
            """
            INSERT INTO guardians (person_id, participant_id, role, since) SELECT id, 'father', 'guardian', 0 FROM persons;
            INSERT INTO consents (person_id, participant_id, version, text, given_at) SELECT id, 'father', '1', 'I agree.', 0 FROM persons;
            UPDATE participants SET album = 'daily' WHERE id = 'father';
            """);

        // A hard one that a search would not name today.
        _faces["before"] = await _host.SeeAsync(Vectors.Near(_child, 0.5f, "before"), candidate: _maya, verdict: "named");
        await _host.Recognition.ExecuteAsync("DELETE FROM cluster_faces");
        await _host.Recognition.RunAsync(new DistributePhoto(_faces["before"].Photo));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        _faces["later"] = await _host.SeeAsync(Vectors.Near(_child, 0.1f, "later"));
        foreach (var name in (string[])["one", "two", "asked"])
            _faces[name] = await _host.SeeAsync(Vectors.Near(_stranger, 0.1f, name));

        // As if each were apart from the others.
        await _host.Recognition.ExecuteAsync("DELETE FROM cluster_faces");
        await _host.AskAsync(_faces["asked"]);
        _other = new QuestionId((await _host.TextAsync("SELECT id FROM questions"))!);
        await _host.VoteAsync(_other, "slack:U9", TagAnswer.Visitor);

        _faces["shown"] = await _host.SeeAsync(_stranger);
        await _host.Recognition.ExecuteAsync($"DELETE FROM cluster_faces WHERE face_id <> '{_faces["shown"].Face}'");
        await _host.AskAsync(_faces["shown"]);
        _question = new QuestionId((await _host.TextAsync($"SELECT id FROM questions WHERE face_id = '{_faces["shown"].Face}'"))!);
        await _host.VoteAsync(_question, "slack:U1", TagAnswer.Person, _maya);
        await _host.VoteAsync(_question, "slack:U2", TagAnswer.Person, _maya);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Undone_the_strangers_photos_are_nobodys_and_who_has_not_got_them_does_not_get_them()
    {
        Assert.Equal("asked before later one shown two", await NamedAsync());
        Assert.Equal("pending", await _host.TextAsync("SELECT DISTINCT state FROM media_distributions WHERE participant_id = 'father'"));
        Assert.Equal(QuestionState.Decided, (await _host.ViewAsync(_other)).State);
        Assert.Equal("later one two", await ToldAsync("decided"));

        await UndoAsync();

        Assert.Equal("before later", await NamedAsync());
        Assert.Equal("asked:undone one:undone shown:undone two:undone", await OfFatherAsync("withheld"));
        Assert.Equal("before: later:", await OfFatherAsync("pending"));
        Assert.Equal(4, await _host.CountAsync("media_distributions WHERE participant_id <> 'father' AND state = 'sent' AND error = 'undone'"));
        Assert.Equal("later", await ToldAsync("decided"));
        Assert.Equal("one two", await ToldAsync("undone"));
    }

    [Fact]
    public async Task Undone_nobody_said_that_of_the_other_faces_and_the_stranger_is_asked_about()
    {
        await UndoAsync();

        Assert.Equal($"{_faces["shown"].Face}", await _host.TextAsync("SELECT group_concat(face_id) FROM face_tags WHERE verdict = 'is-not'"));
        var views = new[] { await _host.ViewAsync(_question), await _host.ViewAsync(_other) };
        Assert.DoesNotContain(views, view => view.State == QuestionState.Decided);
        Assert.Equal(4, await _host.CountAsync("cluster_faces"));
        Assert.Equal(0, await _host.CountAsync(
            "cluster_faces c WHERE NOT EXISTS (SELECT 1 FROM questions q WHERE q.cluster_id = c.cluster_id AND q.state IN ('asked', 'voting'))"));
        Assert.Contains(await Task.WhenAll(views.Select(view => _host.ViewAsync(view.Id))), view => view.Votes.Any(vote => vote.Voter == "slack:U9"));
    }

    [Fact]
    public async Task Repeated_or_interrupted_it_takes_back_the_same()
    {
        var tags = _host.Recognition.Get<IFaceTags>();
        await _host.Recognition.Database.WriteAsync(session => tags.UndoAsync(session, _question, "slack:U3", _maya));
        var again = default(PersonUntaught);
        while (await _host.Recognition.TakeAsync() is { } message)
        {
            if (message is PersonUntaught untaught)
            {
                again = untaught;
                await _host.Recognition.WorkInVainAsync(message);
            }

            await _host.Recognition.RunAsync(message);
        }

        Assert.Equal("before later", await NamedAsync());
        await _host.Recognition.RunAsync(again!);
        Assert.Equal(0, await _host.CountAsync("messages"));
        Assert.Equal("before later", await NamedAsync());
    }

    [Fact]
    public async Task What_other_colleagues_decided_stays()
    {
        await _host.Recognition.ExecuteAsync($"UPDATE questions SET trained_at = 1 WHERE id = '{_other}'");
        await UndoAsync();

        Assert.Equal("asked before later", await NamedAsync());
    }

    [Fact]
    public async Task A_name_that_was_on_its_way_when_the_tag_was_undone_is_looked_at_again()
    {
        await UndoAsync();
        var late = await _host.SeeAsync(Vectors.Near(_stranger, 0.1f, "late"), candidate: _maya, verdict: "named");
        await _host.Recognition.RunAsync(new PhotoOvertaken(late.Photo, RecognitionHost.Class));

        Assert.Equal("before later", await NamedAsync());
    }

    [Fact]
    public async Task Names_that_an_outlier_gave_go_with_it_in_the_night()
    {
        // Of two faces the mean lies in the middle: the third shows who does not belong.
        var (collection, third) = (CollectionId.Of(RecognitionHost.Class), FaceId.New());
        await _host.Collections.IndexFacesAsync(collection, [new(third, Vectors.Near(_child, 0.1f, "third"))], default);
        await _host.Collections.AssociateFacesAsync(collection, _maya, [third], default);
        await _host.Recognition.RunAsync(new Atmosphere.Recognition.Messages.StartTraining(RecognitionHost.Class));
        await _host.Recognition.RunQueuedAsync();

        Assert.Equal("dropped", await _host.TextAsync("SELECT state FROM trained_faces"));
        Assert.Equal("before later shown", await NamedAsync());
    }

    private async Task UndoAsync()
    {
        var tags = _host.Recognition.Get<IFaceTags>();
        Assert.Equal(TagReceipt.Taken, await _host.Recognition.Database.WriteAsync(session => tags.UndoAsync(session, _question, "slack:U3", _maya)));
        await _host.Recognition.RunQueuedAsync();
    }

    private Task<string> NamedAsync() => NamesAsync($"SELECT id FROM faces WHERE verdict = 'named' AND person_id = '{_maya}'");

    private Task<string> ToldAsync(string state) => NamesAsync($"SELECT face_id FROM questions WHERE kind = 'identified' AND state = '{state}'");

    private async Task<string> NamesAsync(string sql)
    {
        var faces = await _host.Recognition.Database.ReadAsync(session => session.QueryAsync<string>(sql));
        return string.Join(' ', _faces.Where(face => faces.Contains(face.Value.Face.Value)).Select(face => face.Key).Order(StringComparer.Ordinal));
    }

    private async Task<string> OfFatherAsync(string state)
    {
        var said = new List<string>();
        foreach (var (name, face) in _faces.OrderBy(face => face.Key, StringComparer.Ordinal))
        {
            var error = await _host.TextAsync(
                $"SELECT COALESCE(error, '') FROM media_distributions WHERE participant_id = 'father' AND state = '{state}' AND photo_id = '{face.Photo}'");
            if (error is not null)
                said.Add($"{name}:{error}");
        }

        return string.Join(' ', said);
    }
}
