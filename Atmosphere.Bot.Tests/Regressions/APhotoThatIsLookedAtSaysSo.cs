using Atmosphere.Bot.Console.Playground;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>During the recognition the class group read "Waiting its turn".</summary>
public sealed class APhotoThatIsLookedAtSaysSo : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_photo_waits_until_recognition_begins_and_then_is_looked_at_even_after_a_crash()
    {
        var photo = await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        var stored = (await _host.Media.ListAsync(MediaBucket.Unprocessed, default)).Single().Key;
        await _host.RunAsync(new GroupMessageReceived(RecognitionHost.Class, "one", stored));
        Assert.Contains("Waiting", await SentenceAsync(), StringComparison.Ordinal);

        await _host.RunAsync(new RecognisePhoto(photo));
        Assert.Contains("Looking", await SentenceAsync(), StringComparison.Ordinal);

        await _host.WorkInVainAsync(new DetectPhotoFaces(photo));
        Assert.Contains("Looking", await SentenceAsync(), StringComparison.Ordinal);
    }

    private async Task<string> SentenceAsync() => GroupPost.Of("one", (await _host.Photos.FindAsync(RecognitionHost.Class, "one"))!).Sentence;
}
