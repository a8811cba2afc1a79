using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A photo whose intake or distribution was given up never ended, so that callers waited for it for ever.</summary>
public sealed class EveryPhotoEnds : IAsyncLifetime
{
    private static readonly IOException _reason = new("The disk has a bad day.");
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_photo_that_cannot_be_taken_in_fails_with_the_reason()
    {
        var message = await ReceiveAsync();
        await _host.ExhaustAsync(message, _reason);

        await AssertFailedAsync();
        await _host.RunAsync(message);
        await AssertFailedAsync();
    }

    [Fact]
    public async Task A_photo_of_a_group_that_is_gone_leaves_neither_file_nor_hope()
    {
        var message = await ReceiveAsync();
        await _host.ExecuteAsync("DELETE FROM groups");
        await _host.ExhaustAsync(message, _reason);

        Assert.Null(await StatusAsync());
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Unprocessed));
    }

    [Fact]
    public async Task A_recognised_photo_that_cannot_be_distributed_fails_with_the_reason()
    {
        await ProcessedAsync();
        Assert.False((await StatusAsync())!.Ended);

        await _host.ExhaustAsync(new DistributePhoto((await StatusAsync())!.Photo), _reason);
        await AssertFailedAsync();
    }

    [Fact]
    public async Task A_photo_that_is_distributed_does_not_fail_any_more()
    {
        await ProcessedAsync();
        var photo = (await StatusAsync())!.Photo;
        await _host.RunAsync(new DistributePhoto(photo));
        await _host.ExhaustAsync(new DistributePhoto(photo), _reason);

        Assert.Equal((PhotoState.Processed, true), ((await StatusAsync())!.State, (await StatusAsync())!.Ended));
    }

    private async Task<GroupMessageReceived> ReceiveAsync()
    {
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        return new GroupMessageReceived(RecognitionHost.Class, "one", (await _host.Media.ListAsync(MediaBucket.Unprocessed, default)).Single().Key);
    }

    private async Task ProcessedAsync()
    {
        await _host.RunAsync(await ReceiveAsync());
        await _host.ExecuteAsync("UPDATE photos SET state = 'processed', decided_at = 1");
    }

    private Task<PhotoStatus?> StatusAsync() => _host.Photos.FindAsync(RecognitionHost.Class, "one");

    private async Task AssertFailedAsync()
    {
        var status = await StatusAsync();
        Assert.Equal((PhotoState.Failed, true), (status!.State, status.Ended));
        Assert.StartsWith("The photo could not be looked at.", status.Error, StringComparison.Ordinal);
        Assert.Contains(_reason.Message, await _host.ScalarAsync<string>("SELECT text FROM notifications WHERE kind = 'failed'"), StringComparison.Ordinal);
    }
}
