using Atmosphere.Bot.Tests.Flows.Identify;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>Who is taught today is found in the photos of yesterday.</summary>
public sealed class TagsPayAtOnce : IAsyncLifetime
{
    private ClassWithTags _class = null!;

    public async ValueTask InitializeAsync() => _class = await ClassWithTags.StartAsync();

    public async ValueTask DisposeAsync() => await _class.DisposeAsync();

    [Fact]
    public async Task A_registration_brings_the_photos_that_are_kept_oldest_first_once_and_marked()
    {
        var (one, two) = (await _class.PostAndRunAsync("one", 80), await _class.PostAndRunAsync("two", 70));
        Assert.Empty(_class.Host.Parents.Got);

        var maya = await _class.RegisterMayaAsync();
        Assert.Equal("one photo.found-later, two photo.found-later", await _class.SentAsync());
        Assert.Equal(2, await _class.Host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions WHERE found_later = 1"));
        foreach (var photo in new[] { one, two })
        {
            var face = await _class.FaceAsync(photo, ClassWithTags.Maya);
            Assert.Equal("named", await _class.VerdictAsync(face));
            Assert.Equal(0, await _class.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM cluster_faces WHERE face_id = '{face}'"));
        }

        await _class.Host.RunAsync(new PersonTaught(maya, RecognitionHost.Class));
        await _class.Host.ExecuteAsync("UPDATE groups SET matched_version = 0");
        await _class.Host.RunAsync(new PersonTaught(maya, RecognitionHost.Class));
        await _class.RunQueuedAsync();
        Assert.Equal(2, _class.Host.Parents.Got.Count);

        _ = await _class.PostAndRunAsync("three", 60);
        Assert.Equal("one photo.found-later, two photo.found-later, three photo.delivered", await _class.SentAsync());
    }

    [Fact]
    public async Task A_tag_answers_the_open_question_about_another_face_of_the_child()
    {
        var noa = await NoaAsync();
        var (one, two) = (await _class.PostAndRunAsync("one", 80), await _class.PostAndRunAsync("two", 70));
        var place = await _class.StrangerAsync(one, two);
        var (shown, other) = (await _class.FaceAsync(one, place), await _class.FaceAsync(two, place));
        var decided = await _class.QuestionAsync(one, shown, "decided", noa);
        var open = await _class.QuestionAsync(two, other, "voting");
        await _class.Host.ExecuteAsync($"UPDATE questions SET cluster_id = NULL WHERE id = '{decided}'");
        await _class.TeachAsync(shown, noa, decided);
        await _class.Host.RunAsync(new PersonTaught(noa, RecognitionHost.Class));

        Assert.Equal("decided person", await _class.Host.ScalarAsync<string>($"SELECT state || ' ' || answer FROM questions WHERE id = '{open}' AND person_id = '{noa}'"));
        Assert.Equal(other.Value, await _class.Host.ScalarAsync<string>($"SELECT face_id FROM question_faces WHERE question_id = '{open}' AND face_id = '{other}'"));
        await _class.RunQueuedAsync();
        Assert.Equal("one photo.found-later, two photo.found-later", await _class.SentAsync());
    }

    [Fact]
    public async Task A_crash_in_the_middle_loses_nothing_and_doubles_nothing()
    {
        _ = await _class.PostAndRunAsync("one", 80);
        var maya = await _class.Host.ConnectAsync("Maya", _class.Mother, RecognitionHost.Sample(2), ClassWithTags.Maya);
        await _class.Host.WorkInVainAsync(new PersonTaught(maya, RecognitionHost.Class));
        await _class.Host.WorkInVainAsync(new PersonTaught(maya, RecognitionHost.Class));
        await _class.RunQueuedAsync();

        Assert.Equal("one photo.found-later", await _class.SentAsync());
    }

    [Fact]
    public async Task A_face_that_is_decided_as_nobody_while_the_child_is_taught_is_found()
    {
        await _class.PostAsync("one", 80);
        var waiting = await RunUntilStoredAsync();
        foreach (var message in waiting.SkipLast(1))
            await _class.RunAsync(message);
        var row = _class.Host.Get<FlowTables>().HandlersOf(typeof(FaceStored)).Single(row => row.Step == "IdentifyFace");
        var late = await row.Handle(_class.Host.Get<IServiceProvider>(), waiting[^1], default);

        var maya = await _class.RegisterMayaAsync();
        Assert.Empty(_class.Host.Parents.Got);
        Assert.Equal(0, await _class.Host.ScalarAsync<int>("SELECT COUNT(*) FROM faces WHERE verdict = 'named'"));

        await _class.Host.Database.WriteAsync(session => late.ApplyAsync(session, _class.Host.Get<IOutbox>()));
        Assert.Equal("nobody", await _class.VerdictAsync(waiting[^1].Face));
        await _class.RunQueuedAsync();

        var face = await _class.FaceAsync(await _class.PhotoAsync("one"), ClassWithTags.Maya);
        Assert.Equal(maya.Value, await _class.Host.ScalarAsync<string>($"SELECT person_id FROM faces WHERE id = '{face}' AND verdict = 'named'"));
        _ = Assert.Single(_class.Host.Parents.Got);
    }

    [Theory]
    [InlineData("UPDATE consents SET withdrawn_at = 1", "")]
    [InlineData("UPDATE persons SET state = 'erasing'", "")]
    [InlineData("UPDATE photos SET expired_at = 1", "")]
    [InlineData("UPDATE photos SET state = 'failed'", "")]
    [InlineData("UPDATE participants SET paused_at = 1", "paused")]
    [InlineData("UPDATE participants SET stopped_at = 1", "stopped")]
    public async Task Who_may_not_have_photos_or_wants_none_gets_none(string change, string reason)
    {
        _ = await _class.PostAndRunAsync("one", 80);
        _ = await _class.Host.ConnectAsync("Maya", _class.Mother, RecognitionHost.Sample(2), ClassWithTags.Maya);
        await _class.Host.ExecuteAsync(change);
        await _class.RunQueuedAsync();

        Assert.Empty(_class.Host.Parents.Got);
        Assert.Equal(reason, await _class.Host.ScalarAsync<string>("SELECT error FROM media_distributions") ?? "");
    }

    [Fact]
    public async Task Whom_somebody_said_it_is_not_it_does_not_become()
    {
        var photo = await _class.PostAndRunAsync("one", 80);
        var maya = await _class.Host.ConnectAsync("Maya", _class.Mother, RecognitionHost.Sample(2), ClassWithTags.Maya);
        var face = await _class.FaceAsync(photo, ClassWithTags.Maya);
        await _class.Host.ExecuteAsync($"INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES ('{face}', 'slack:U1', 'is-not', '{maya}', 1)");
        await _class.RunQueuedAsync();

        Assert.Equal("nobody", await _class.VerdictAsync(face));
        Assert.Empty(_class.Host.Parents.Got);
    }

    /// <summary>Runs the pipeline up to the moment in which each face is to be identified.</summary>
    private async Task<IReadOnlyList<FaceStored>> RunUntilStoredAsync()
    {
        var stored = new List<FaceStored>();
        while (await _class.Host.TakeAsync() is { } message)
        {
            if (message is FaceStored one)
                stored.Add(one);
            else
                await _class.RunAsync(message);
        }

        return [.. stored.DistinctBy(message => message.Face)];
    }

    private async Task<PersonId> NoaAsync()
    {
        await _class.Host.ExecuteAsync(
            """
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('noa', 'class', 'Noa', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('noa', 'mother', 'owner', 0);
            INSERT INTO consents (person_id, participant_id, version, text, given_at) VALUES ('noa', 'mother', '1', 'I agree.', 0);
            """);
        return new PersonId("noa");
    }
}
