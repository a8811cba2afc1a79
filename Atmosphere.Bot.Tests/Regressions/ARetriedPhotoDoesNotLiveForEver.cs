using Atmosphere.Bot.Tests.Flows.Cleanup;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A photo that had been sent, began again and did not come to an end was never forgotten.</summary>
public sealed class ARetriedPhotoDoesNotLiveForEver
{
    [Theory]
    [InlineData("failed")]
    [InlineData("processing")]
    public async Task It_goes_some_time_after_it_came_in(string state)
    {
        await using var host = await CleanupHost.StartAsync();
        await host.DeliverAsync();
        await host.Recognition.ExecuteAsync($"UPDATE photos SET state = '{state}', distributed_at = NULL, gate_opened_at = NULL");

        await host.AfterAsync(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, await host.Recognition.FilesAsync(Recognition.Storage.Media.MediaBucket.Processed));
        await host.AfterAsync(TimeSpan.FromSeconds(1));

        Assert.Equal((0, 0), (await host.CountAsync("photos WHERE expired_at IS NULL"), (await host.FilesAsync()).Processed));
    }
}
