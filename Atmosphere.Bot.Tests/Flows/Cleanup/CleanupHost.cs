using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Flows.Cleanup;

/// <summary>Recognition with a clock that the test moves, and with one delivered photo where it is asked for.</summary>
internal sealed class CleanupHost : IAsyncDisposable
{
    private CleanupHost(TestClock clock, RecognitionHost recognition) => (Clock, Recognition) = (clock, recognition);

    public TestClock Clock { get; }

    public RecognitionHost Recognition { get; }

    public IMediaStore Media => Recognition.Media;

    public static async Task<CleanupHost> StartAsync(bool workers = false, Action<IServiceCollection>? adjust = null, params (string, string)[] settings)
    {
        var clock = new TestClock();
        return new CleanupHost(clock, await RecognitionHost.StartAsync(workers, clock, adjust: adjust, settings: settings));
    }

    /// <summary>A child of several people in a photo is registered, recognised and sent to its mother. Each face has its two pictures.</summary>
    public async Task DeliverAsync()
    {
        await Recognition.ConnectAsync("Maya", await Recognition.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await Recognition.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        await Recognition.RunQueuedAsync();
        Assert.Equal(1, await CountAsync("faces WHERE verdict = 'named'"));
        Assert.NotEqual(0, await CountAsync("cluster_faces"));
        foreach (var (bucket, column) in new[] { (MediaBucket.Rectangles, "rectangle"), (MediaBucket.ZoomIns, "zoom_in") })
        {
            foreach (var face in await Recognition.Database.ReadAsync(session => session.QueryAsync<string>($"SELECT id FROM faces WHERE {column} IS NULL")))
            {
                var picture = await Media.PutAsync(bucket, new byte[] { 1 }, "image/jpeg", default);
                await Recognition.ExecuteAsync($"UPDATE faces SET {column} = '{picture}' WHERE id = '{face}'");
            }
        }
    }

    public async Task<RetentionReport> AfterAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return await Recognition.Get<Retention>().RunAsync(default);
    }

    public Task<int> CountAsync(string table) => Recognition.ScalarAsync<int>($"SELECT COUNT(*) FROM {table}");

    /// <summary>How many files there are of photos, crops and surroundings.</summary>
    public async Task<(int Processed, int Rectangles, int ZoomIns)> FilesAsync() => (
        await Recognition.FilesAsync(MediaBucket.Processed),
        await Recognition.FilesAsync(MediaBucket.Rectangles),
        await Recognition.FilesAsync(MediaBucket.ZoomIns));

    public ValueTask DisposeAsync() => Recognition.DisposeAsync();
}
