using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Tests.Faces.Onnx;

public sealed class OnnxFaceCollectionsKeepTheContract : FaceCollectionsContract, IDisposable
{
    private readonly CollectionsFixture _fixture = new();

    protected override IFaceCollections Collections => _fixture.Collections;

    public void Dispose() => _fixture.Dispose();
}

public sealed class OnnxFaceCollectionsTests : IDisposable
{
    private static readonly CollectionId _class = new("class");

    private readonly CollectionsFixture _fixture = new();

    [Fact]
    public async Task Users_are_found_again_after_a_restart()
    {
        await EnrolAsync("maya");

        using var restarted = _fixture.Open();

        Assert.Equal("maya", (await restarted.SearchUsersByImageAsync(_class, Contracts.Faces.Of("maya"), default)).Matches[0].User.Value);
    }

    [Fact]
    public async Task Vectors_of_another_model_are_neither_searched_nor_mixed()
    {
        await EnrolAsync("maya");
        using var changed = _fixture.Open("fedcba9876543210");

        var refused = await Assert.ThrowsAsync<ModelChangedException>(
            () => changed.SearchUsersByImageAsync(_class, Contracts.Faces.Of("maya"), default));
        await Assert.ThrowsAsync<ModelChangedException>(
            () => changed.IndexFacesAsync(_class, [new FaceToIndex(FaceId.New(), Contracts.Faces.Of("noam"))], default));
        await Assert.ThrowsAsync<ModelChangedException>(() => changed.CreateCollectionAsync(_class, default));

        Assert.Contains("register its persons again", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_remedy_for_a_changed_model_works()
    {
        await EnrolAsync("maya");
        using var changed = _fixture.Open("fedcba9876543210");

        await changed.DeleteCollectionAsync(_class, default);
        await changed.CreateCollectionAsync(_class, default);

        Assert.Empty((await changed.SearchUsersByImageAsync(_class, Contracts.Faces.Of("maya"), default)).Matches);
    }

    [Fact]
    public async Task A_deleted_vector_is_in_no_file_of_the_database()
    {
        await EnrolAsync("maya");
        await EnrolAsync("noam");
        var vector = Contracts.Faces.Of("maya").ToBytes();
        Assert.True(InFiles(vector));

        await _fixture.Collections.DeleteFacesAsync(_class, [new FaceId("maya")], default);

        Assert.False(InFiles(vector));
        Assert.True(InFiles(Contracts.Faces.Of("noam").ToBytes()));
    }

    [Fact]
    public async Task Searches_during_changes_see_a_whole_user_or_none()
    {
        await EnrolAsync("maya");
        using var done = new CancellationTokenSource();
        using var searching = new CountdownEvent(2);
        var searches = Enumerable.Range(0, 2)
            .Select(_ => Task.Factory.StartNew(
                () => SearchUntilAsync(searching, done.Token), default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap())
            .ToArray();
        await Eventually.TrueAsync(() => searching.IsSet, "both searches run");

        for (var i = 0; i < 50; i++)
        {
            await EnrolAsync($"user{i}");
            if (i % 3 == 0)
                await _fixture.Collections.DeleteUserAsync(_class, new PersonId($"user{i}"), default);
        }

        await done.CancelAsync();
        await Task.WhenAll(searches);

        using var restarted = _fixture.Open();
        for (var i = 0; i < 50; i++)
        {
            var face = Contracts.Faces.Of($"user{i}");
            var (now, stored) = (await SearchAsync(_fixture.Collections, face), await SearchAsync(restarted, face));
            Assert.Equal(stored.Verdict, now.Verdict);
            Assert.Equal(i % 3 == 0 ? MatchVerdict.Nobody : MatchVerdict.Named, now.Verdict);
        }
    }

    public void Dispose() => _fixture.Dispose();

    private async Task SearchUntilAsync(CountdownEvent searching, CancellationToken done)
    {
        for (var count = 0; !done.IsCancellationRequested; count++)
        {
            var search = await SearchAsync(_fixture.Collections, Contracts.Faces.Of("maya"));
            Assert.Equal("maya", search.Matches[0].User.Value);
            Assert.True(search.Matches[0].Similarity > 99);
            if (count == 0)
                searching.Signal();
        }
    }

    private static Task<FaceSearch> SearchAsync(OnnxFaceCollections collections, Embedding face) =>
        collections.SearchUsersByImageAsync(_class, face, default);

    private async Task EnrolAsync(string name)
    {
        var collections = _fixture.Collections;
        await collections.CreateCollectionAsync(_class, default);
        await collections.CreateUserAsync(_class, new PersonId(name), default);
        await collections.IndexFacesAsync(_class, [new FaceToIndex(new FaceId(name), Contracts.Faces.Of(name))], default);
        await collections.AssociateFacesAsync(_class, new PersonId(name), [new FaceId(name)], default);
    }

    private bool InFiles(byte[] bytes) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(_fixture.Database.Path)!, "atmosphere.db*").Any(file => ReadShared(file).AsSpan().IndexOf(bytes) >= 0);

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
