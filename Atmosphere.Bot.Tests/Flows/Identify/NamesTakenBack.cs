using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Tests.Flows.Identify;

/// <summary>"Not Maya?": what a colleague takes back is withheld, forgotten and asked again, once.</summary>
public sealed class NamesTakenBack : IAsyncLifetime
{
    private ClassWithTags _class = null!;
    private PersonId _maya;

    public async ValueTask InitializeAsync()
    {
        _class = await ClassWithTags.StartAsync();
        _maya = await _class.RegisterMayaAsync();
        _ = await _class.Host.ParentAsync("father");
        await _class.Host.ExecuteAsync(
            """
            INSERT INTO guardians (person_id, participant_id, role, since) SELECT id, 'father', 'guardian', 0 FROM persons;
            INSERT INTO consents (person_id, participant_id, version, text, given_at) SELECT id, 'father', '1', 'I agree.', 0 FROM persons;
            UPDATE participants SET album = 'daily' WHERE id = 'father';
            """);
    }

    public async ValueTask DisposeAsync() => await _class.DisposeAsync();

    [Fact]
    public async Task Colleagues_are_told_of_a_name_once_and_what_one_of_them_takes_back_is_withheld_and_asked()
    {
        var photo = await _class.PostAndRunAsync("one", 80);
        var face = await _class.FaceAsync(photo, ClassWithTags.Maya);
        await _class.Host.RunAsync(new FaceIdentified(photo, face, _maya));
        var question = await IdentifiedAsync();
        Assert.Equal("decided person", await _class.Host.ScalarAsync<string>($"SELECT state || ' ' || answer FROM questions WHERE id = '{question}' AND about_id = '{_maya}'"));
        Assert.Equal("father:pending:,mother:sent:", await StatesAsync());

        await _class.Host.RunAsync(new FaceIdentificationUndone(question, _maya, "slack:U1"));
        Assert.Equal("father:withheld:undone,mother:sent:undone", await StatesAsync());
        Assert.Equal("nobody", await _class.VerdictAsync(face));
        Assert.StartsWith("slack:U1 not ", await _class.Host.ScalarAsync<string>($"SELECT voter || ' ' || verdict FROM face_tags WHERE face_id = '{face}'"));
        Assert.Equal("undone", await _class.Host.ScalarAsync<string>($"SELECT state FROM questions WHERE id = '{question}'"));
        Assert.Equal(0, await _class.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM candidates WHERE face_id = '{face}' AND person_id = '{_maya}'"));
        Assert.Equal(1, await _class.WaitingAsync<FaceNotIdentified>());

        await _class.Host.RunAsync(new FaceIdentificationUndone(question, _maya, "slack:U1"));
        await _class.Host.RunAsync(new FaceIdentificationUndone(question, _maya, "slack:U2"));
        Assert.Equal(1, await _class.WaitingAsync<FaceNotIdentified>());
        Assert.Equal(1, await _class.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM face_tags WHERE face_id = '{face}'"));
    }

    [Fact]
    public async Task Who_was_wronged_by_that_gets_the_photo_when_the_face_bears_the_name_again()
    {
        var photo = await _class.PostAndRunAsync("one", 80);
        var face = await _class.FaceAsync(photo, ClassWithTags.Maya);
        await _class.Host.RunAsync(new FaceIdentificationUndone(await IdentifiedAsync(), _maya, "slack:U1"));
        await _class.Host.ExecuteAsync($"DELETE FROM face_tags WHERE face_id = '{face}'; UPDATE faces SET verdict = 'named', person_id = '{_maya}' WHERE id = '{face}'");
        await _class.Host.RunAsync(new DistributePhoto(photo));
        await _class.Host.RunAsync(new DistributePhoto(photo));

        Assert.Equal("father:pending:,mother:sent:undone", await StatesAsync());
    }

    [Theory]
    [InlineData("UPDATE persons SET state = 'erasing'")]
    [InlineData("UPDATE faces SET person_id = 'another' WHERE verdict = 'named'")]
    [InlineData("UPDATE faces SET person_id = NULL, verdict = 'nobody' WHERE verdict = 'named'")]
    [InlineData("UPDATE groups SET ended_at = 1")]
    public async Task A_click_that_comes_too_late_has_no_effect(string change)
    {
        _ = await _class.PostAndRunAsync("one", 80);
        var question = await IdentifiedAsync();
        await _class.Host.ExecuteAsync(change);
        await _class.Host.RunAsync(new FaceIdentificationUndone(question, _maya, "slack:U1"));

        Assert.Equal("decided", await _class.Host.ScalarAsync<string>($"SELECT state FROM questions WHERE id = '{question}'"));
        Assert.Equal(0, await _class.Host.ScalarAsync<int>("SELECT COUNT(*) FROM face_tags"));
        Assert.Equal("father:pending:,mother:sent:", await StatesAsync());
    }

    [Fact]
    public async Task A_click_on_somebody_who_is_not_the_name_any_more_has_no_effect()
    {
        _ = await _class.PostAndRunAsync("one", 80);
        await _class.Host.RunAsync(new FaceIdentificationUndone(await IdentifiedAsync(), new PersonId("another"), "slack:U1"));

        Assert.Equal("decided", await _class.Host.ScalarAsync<string>("SELECT state FROM questions WHERE kind = 'identified'"));
    }

    [Fact]
    public async Task A_cluster_loses_its_name_whole_what_was_taught_is_forgotten_and_the_question_is_asked_again()
    {
        var (one, two) = (await _class.PostAndRunAsync("one", 80), await _class.PostAndRunAsync("two", 70));
        var place = await _class.StrangerAsync(one, two);
        var faces = new[] { await _class.FaceAsync(one, place), await _class.FaceAsync(two, place) };
        var question = await _class.QuestionAsync(one, faces[0], "decided", _maya);
        var cluster = await _class.Host.ScalarAsync<string>($"SELECT cluster_id FROM questions WHERE id = '{question}'");
        await _class.TeachAsync(faces[0], _maya, question);
        foreach (var face in faces)
        {
            await _class.Host.ExecuteAsync(
                $"""
                UPDATE faces SET verdict = 'named', person_id = '{_maya}' WHERE id = '{face}';
                INSERT INTO question_faces (question_id, face_id) VALUES ('{question}', '{face}');
                INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES ('{face}', 'slack:U2', 'is', '{_maya}', 1);
                """);
            await _class.Host.Database.WriteAsync(session =>
                _class.Host.Get<Atmosphere.Recognition.Faces.Clustering.LeavingClusters>().LeaveAsync(session, [face], _class.Clock.GetUtcNow()));
        }

        await _class.Host.RunAsync(new FaceIdentificationUndone(question, _maya, "slack:U1"));
        await _class.Host.RunAsync(new FaceIdentificationUndone(question, _maya, "slack:U1"));

        Assert.Equal("asked", await _class.Host.ScalarAsync<string>($"SELECT state FROM questions WHERE id = '{question}' AND person_id IS NULL AND answer IS NULL AND cluster_id = '{cluster}'"));
        Assert.Equal(2, await _class.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM cluster_faces WHERE cluster_id = '{cluster}' AND face_id IN ('{faces[0]}', '{faces[1]}')"));
        Assert.Equal(0, await _class.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM collection_faces WHERE face_id = '{faces[0]}'"));
        Assert.Equal("undone", await _class.Host.ScalarAsync<string>("SELECT state FROM trained_faces"));
        Assert.Equal(0, await _class.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM face_tags WHERE face_id = '{faces[0]}' AND verdict = 'is'"));
        foreach (var face in faces)
        {
            Assert.Equal("nobody", await _class.VerdictAsync(face));
            Assert.Equal(1, await _class.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM face_tags WHERE face_id = '{face}' AND verdict = 'is-not'"));
        }
    }

    [Fact]
    public async Task What_is_being_taught_just_now_is_taken_back_after_that()
    {
        var photo = await _class.PostAndRunAsync("one", 80);
        var face = await _class.FaceAsync(photo, 0);
        var question = await _class.QuestionAsync(photo, face, "decided", _maya);
        await _class.TeachAsync(face, _maya, question);
        await _class.Host.ExecuteAsync("UPDATE trained_faces SET state = 'sending'");

        _ = await Assert.ThrowsAsync<Atmosphere.Recognition.Messaging.TryLaterException>(
            () => _class.Host.RunAsync(new FaceIdentificationUndone(question, _maya, "slack:U1")));
    }

    private async Task<QuestionId> IdentifiedAsync() => new((await _class.Host.ScalarAsync<string>("SELECT id FROM questions WHERE kind = 'identified'"))!);

    private Task<string?> StatesAsync() => _class.Host.ScalarAsync<string>(
        "SELECT group_concat(d, ',') FROM (SELECT participant_id || ':' || state || ':' || COALESCE(error, '') AS d FROM media_distributions ORDER BY participant_id)");
}
