using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>Faces that waited while the model was changed were compared with persons of the new model.</summary>
public sealed class VectorsOfAnotherModelAreNotCompared : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_photo_is_not_matched_and_the_remedy_is_named()
    {
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        IMessage? next;
        while ((next = await _host.TakeAsync()) is not (null or MatchPhotoFaces))
            await _host.RunAsync(next);
        await _host.ExecuteAsync("UPDATE embeddings SET model = '0123456789abcdef'");

        var match = Assert.IsType<MatchPhotoFaces>(next);
        var refused = await Assert.ThrowsAsync<HopelessException>(() => _host.RunAsync(match));
        Assert.Contains("photos retry", refused.Message, StringComparison.Ordinal);

        await _host.ExhaustAsync(match, refused);
        await _host.RunQueuedAsync();
        Assert.Equal(PhotoState.Degraded, (await _host.Photos.FindAsync(RecognitionHost.Class, "one"))!.State);
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM faces WHERE person_id IS NOT NULL"));
        Assert.Empty(_host.Parents.Got);
    }
}
