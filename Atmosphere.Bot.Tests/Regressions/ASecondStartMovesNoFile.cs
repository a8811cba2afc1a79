using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A second start moved the file back; when the server was quicker than the command, the only copy was deleted.</summary>
public sealed class ASecondStartMovesNoFile : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_photo_that_lies_where_processed_photos_lie_stays_there_and_is_processed()
    {
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        await _host.RunQueuedAsync();
        await _host.ExecuteAsync("UPDATE photos SET state = 'degraded'");
        var photo = (await _host.Photos.FindAsync(RecognitionHost.Class, "one"))!.Photo;
        var file = (await _host.Media.ListAsync(MediaBucket.Processed, default)).Single().Key;

        await _host.Get<OperatorPhotos>().RetryAsync(photo);
        Assert.Equal((0, $"{file}"), (await _host.FilesAsync(MediaBucket.Unprocessed), await _host.ScalarAsync<string>("SELECT media FROM photos")));
        await _host.RunQueuedAsync();

        var status = (await _host.Photos.FindAsync(RecognitionHost.Class, "one"))!;
        Assert.Equal((PhotoState.Processed, true, true), (status.State, status.Ended, await _host.Media.ExistsAsync(file, default)));
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM notifications WHERE kind = 'completed'"));
    }
}
