using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <summary>What was learned of a child long ago counts less than what was learned lately, and the parent is asked for new photos.</summary>
public sealed class LearnedFacesFade : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private readonly PersonId _noa = new("noa");
    private RecognitionHost _host = null!;

    private IFaceCollections Collections => _host.Get<IFaceCollections>();

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false, _clock);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("children", 365, 0.5)]
    [InlineData("children", 730, 0.25)]
    [InlineData("children", 0, 1)]
    [InlineData("adults", 730, 1)]
    public async Task A_face_of_a_year_ago_counts_half_in_a_group_of_children(string kind, int days, double weight)
    {
        await _host.ExecuteAsync($"UPDATE groups SET kind = '{kind}'");
        var collection = CollectionId.Of(RecognitionHost.Class);
        await Collections.CreateCollectionAsync(collection, default);
        await Collections.CreateUserAsync(collection, _noa, default);
        await LearnAsync(collection, "old", [1, 0]);
        _clock.Advance(TimeSpan.FromDays(days));
        await LearnAsync(collection, "new", [0, 1]);

        var expected = Embedding.FromValues([(float)weight, 1]);
        var reference = (await _host.Database.ReadAsync(session => CollectionTables.ReferencesAsync(session, collection)))[_noa]!;
        Assert.InRange(reference.DistanceTo(expected), 0, 0.001f);
        var found = (await Collections.SearchUsersByImageAsync(collection, expected, default)).Matches;
        Assert.InRange(Assert.Single(found).Similarity, 99.9f, 100);
    }

    [Fact]
    public async Task The_owner_is_asked_for_new_photos_before_a_year_is_over_and_not_again_before_the_next()
    {
        var mother = await _host.ParentAsync("mother");
        var maya = await _host.ConnectAsync("Maya", mother, RecognitionHost.Sample(2), 1);
        Assert.Equal(0, await AskedAfterAsync(TimeSpan.FromDays(329), maya));
        Assert.Equal(1, await AskedAfterAsync(TimeSpan.FromDays(2), maya));
        Assert.Equal(1, await AskedAfterAsync(TimeSpan.FromHours(1), maya));
        Assert.Equal(1, await AskedAfterAsync(TimeSpan.FromDays(100), maya));
        await _host.ExecuteAsync($"UPDATE collection_faces SET learned_at = {_clock.GetUtcNow().ToUnixTimeMilliseconds()}");
        Assert.Equal(1, await AskedAfterAsync(TimeSpan.FromDays(320), maya));
        Assert.Equal(2, await AskedAfterAsync(TimeSpan.FromDays(20), maya));
        await _host.ExecuteAsync("UPDATE groups SET kind = 'adults'");
        Assert.Equal(2, await AskedAfterAsync(TimeSpan.FromDays(400), maya));
    }

    private async Task<int> AskedAfterAsync(TimeSpan passed, PersonId person)
    {
        _clock.Advance(passed);
        await _host.RunAsync(new Recognition.Messages.LookAfterRequests(_clock.GetUtcNow()));
        await _host.RunQueuedAsync();
        return _host.Said.Words.Count(word => word == $"new photos of {person}");
    }

    private async Task LearnAsync(CollectionId collection, string face, float[] values)
    {
        var id = new FaceId(face);
        await Collections.IndexFacesAsync(collection, [new FaceToIndex(id, Embedding.FromValues(values))], default);
        await Collections.AssociateFacesAsync(collection, _noa, [id], default);
    }
}
