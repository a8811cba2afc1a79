using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>A failure of the engine is a failure: it is never taken for "nobody".</summary>
public sealed class WhenTheEngineFails : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(settings:
        [
            ("Atmosphere:Pipeline:MatchFaces:FirstDelay", "00:00:00"),
            ("Atmosphere:Pipeline:ConnectPerson:FirstDelay", "00:00:00"),
        ]);

        // A collection that another model made: every search of it fails.
        await _host.ExecuteAsync("INSERT INTO collections (id, model) VALUES ('class', 'another model')");
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_photo_that_cannot_be_searched_is_degraded_with_the_remedy_and_a_dead_letter()
    {
        var status = await _host.PostAsync("one", RecognitionHost.Sample(2));

        Assert.Equal((PhotoState.Degraded, 0, 0), (status.State, status.Recognised, status.Recipients));
        Assert.True(status.Faces > 1);
        Assert.Contains("Faces:Models", await _host.ScalarAsync<string>("SELECT text FROM notifications WHERE kind = 'degraded'"), StringComparison.Ordinal);
        Assert.Equal("image-matching", await _host.ScalarAsync<string>("SELECT queue FROM dead_letters"));
        Assert.Equal(4, await _host.ScalarAsync<int>("SELECT attempts FROM dead_letters"));
    }

    [Fact]
    public async Task A_person_that_cannot_be_learned_is_told_to_the_parent_and_keeps_no_photo()
    {
        var person = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);

        Assert.Equal([$"not connected {person}: {NotConnectedReason.CouldNotLearn}"], _host.Said.Words);
        Assert.Equal("failed", await _host.ScalarAsync<string>("SELECT state FROM persons"));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM enrolment_photos"));
        await Fixtures.Eventually.TrueAsync(async () => await _host.FilesAsync(MediaBucket.Training) == 0, "the training files are gone");
    }
}
