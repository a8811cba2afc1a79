using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>An attempt that failed after it had indexed faces left them searchable for a day.</summary>
public sealed class WhoIsNotLearnedLeavesNothing : IAsyncLifetime
{
    private readonly CollectionId _collection = CollectionId.Of(RecognitionHost.Class);
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_learning_is_given_up_no_vector_is_left_before_the_parent_is_told(bool associated)
    {
        var person = await _host.RegisterAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await IndexAsync(person, associated);

        await _host.ExhaustAsync(new Atmosphere.Recognition.Messages.ConnectPerson(person), new IOException("The disk has a bad day."));
        Assert.Equal(0, await WaitingAsync<PersonNotConnected>());
        await _host.RunAsync(new Atmosphere.Recognition.Messages.GiveUpPerson(person, NotConnectedReason.CouldNotLearn));

        Assert.Empty(await _host.Get<IFaceCollections>().ListFacesAsync(_collection, null, default));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM collection_users"));
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Training));
        Assert.Equal("failed", await _host.ScalarAsync<string>("SELECT state FROM persons"));
        Assert.Equal(1, await WaitingAsync<PersonNotConnected>());
    }

    private async Task IndexAsync(PersonId person, bool associated)
    {
        var collections = _host.Get<IFaceCollections>();
        var face = (await _host.Media.ListAsync(MediaBucket.Training, default)).Single().Key.FaceId();
        await collections.CreateCollectionAsync(_collection, default);
        await collections.CreateUserAsync(_collection, person, default);
        await collections.IndexFacesAsync(_collection, [new FaceToIndex(face, Contracts.Faces.Of("Maya"))], default);
        if (associated)
            await collections.AssociateFacesAsync(_collection, person, [face], default);
    }

    private Task<int> WaitingAsync<T>() => _host.ScalarAsync<int>($"SELECT COUNT(*) FROM messages WHERE type = '{typeof(T).FullName}'");
}
