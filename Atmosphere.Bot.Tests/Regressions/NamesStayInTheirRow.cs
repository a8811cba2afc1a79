using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>The sender's file name, often a child's, went with the message into queues and dead letters.</summary>
public sealed class NamesStayInTheirRow : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_photo_keeps_the_name_that_the_sender_gave_it_and_no_message_has_it()
    {
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "Maya Miller.jpg", RecognitionHost.Sample(2), default);
        var stored = (await _host.Media.ListAsync(MediaBucket.Unprocessed, default)).Single().Key;
        await _host.RunAsync(new GroupMessageReceived(RecognitionHost.Class, "one", stored));

        Assert.Equal("Maya Miller.jpg", await _host.ScalarAsync<string>("SELECT file_name FROM photos"));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM messages WHERE body LIKE '%Maya%'"));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM inbox WHERE file_name IS NOT NULL"));
    }
}
