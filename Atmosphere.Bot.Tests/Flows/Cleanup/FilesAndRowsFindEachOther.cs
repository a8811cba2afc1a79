using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Flows.Cleanup;

/// <summary>The sweep: files without rows go, rows without files are reported, a crash leaves nothing for ever.</summary>
public sealed class FilesAndRowsFindEachOther
{
    [Theory]
    [InlineData(MediaBucket.Unprocessed)]
    [InlineData(MediaBucket.Processed)]
    [InlineData(MediaBucket.Rectangles)]
    [InlineData(MediaBucket.ZoomIns)]
    [InlineData(MediaBucket.Outbound)]
    public async Task A_file_that_no_row_names_goes_after_an_hour_and_not_a_second_before(MediaBucket bucket)
    {
        await using var host = await CleanupHost.StartAsync();
        _ = await host.Media.PutAsync(bucket, new byte[] { 1 }, "image/jpeg", default);

        await host.AfterAsync(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, await host.Recognition.FilesAsync(bucket));
        var report = await host.AfterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await host.Recognition.FilesAsync(bucket));
        Assert.Equal(1, report.Kinds.Single(kind => kind.Kind == "orphans").Deleted);
    }

    [Fact]
    public async Task Every_file_that_a_row_names_stays()
    {
        await using var host = await CleanupHost.StartAsync();
        await host.DeliverAsync();
        var files = await host.FilesAsync();
        Assert.Empty((await host.AfterAsync(TimeSpan.FromHours(2))).Missing);
        Assert.Equal(files, await host.FilesAsync());
    }

    [Fact]
    public async Task A_row_whose_file_is_missing_is_reported_once_and_stays()
    {
        await using var host = await CleanupHost.StartAsync();
        await host.DeliverAsync();
        foreach (var file in await host.Media.ListAsync(MediaBucket.Rectangles, default))
            await host.Media.DeleteAsync(file.Key, default);
        await host.Media.DeleteAsync((await host.Media.ListAsync(MediaBucket.Processed, default)).Single().Key, default);
        var faces = await host.CountAsync("faces");

        var report = await host.AfterAsync(TimeSpan.Zero);
        Assert.Equal([new MissingFiles("faces.rectangle", faces), new MissingFiles("photos.media", 1)], report.Missing);
        Assert.Equal(report.Missing, (await host.AfterAsync(TimeSpan.Zero)).Missing);
        Assert.Equal(1, await host.CountAsync("notifications WHERE kind = 'file-missing'"));
        Assert.Equal((1, faces), (await host.CountAsync("photos WHERE media IS NOT NULL"), await host.CountAsync("faces WHERE rectangle IS NOT NULL")));
    }

    [Fact]
    public async Task A_move_that_a_crash_cut_short_after_its_row_is_finished_and_one_before_its_row_is_left_alone()
    {
        await using var host = await CleanupHost.StartAsync();
        var moved = await host.Media.PutAsync(MediaBucket.Unprocessed, new byte[] { 1 }, "image/jpeg", default);
        var copyOfMoved = await host.Media.CopyAsync(moved, MediaBucket.Processed, default);
        var moving = await host.Media.PutAsync(MediaBucket.Unprocessed, new byte[] { 2 }, "image/jpeg", default);
        var copyOfMoving = await host.Media.CopyAsync(moving, MediaBucket.Processed, default);
        await host.Recognition.ExecuteAsync(
            $"""
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at)
            VALUES ('moved', 'class', '1', 'processed', '{copyOfMoved}', '', {host.Clock.GetUtcNow().ToUnixTimeMilliseconds()}),
                ('moving', 'class', '2', 'processing', '{moving}', '', {host.Clock.GetUtcNow().ToUnixTimeMilliseconds()})
            """);

        await host.AfterAsync(TimeSpan.FromHours(2));
        bool[] there = [.. await Task.WhenAll(new[] { moved, copyOfMoved, moving, copyOfMoving }.Select(key => host.Media.ExistsAsync(key, default)))];
        Assert.Equal([false, true, true, true], there);

        await host.AfterAsync(TimeSpan.FromDays(3));
        Assert.Equal(0, await host.Recognition.FilesAsync(MediaBucket.Unprocessed) + await host.Recognition.FilesAsync(MediaBucket.Processed));
    }

    [Fact]
    public async Task A_crash_between_the_rows_and_the_files_leaves_nothing_for_ever()
    {
        FailingDeletes? store = null;
        await using var host = await CleanupHost.StartAsync(adjust: services => services.AddSingleton<IMediaFiles>(provider =>
            store = new FailingDeletes(new FileMediaStore(provider.GetRequiredService<Database>().Folder, provider.GetRequiredService<TimeProvider>()))));
        await host.DeliverAsync();
        store!.Fails = true;
        _ = await host.AfterAsync(TimeSpan.FromDays(3));
        _ = await host.AfterAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, await host.CountAsync("photos"));
        Assert.NotEqual((0, 0, 0), await host.FilesAsync());

        store.Fails = false;
        Assert.True((await host.AfterAsync(TimeSpan.FromHours(1))).Complete);
        Assert.Equal((0, 0, 0), await host.FilesAsync());
        Assert.Equal(0, await host.Recognition.FilesAsync(MediaBucket.Outbound));
    }

    private sealed class FailingDeletes(IMediaFiles store) : IMediaFiles
    {
        public bool Fails { get; set; }

        public Task WriteAsync(MediaKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
            store.WriteAsync(key, bytes, cancellation);

        public Task CopyAsync(MediaKey key, MediaKey copy, CancellationToken cancellation) => store.CopyAsync(key, copy, cancellation);

        public Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation) => store.GetAsync(key, cancellation);

        public Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation) => store.ExistsAsync(key, cancellation);

        public Task ProbeAsync(CancellationToken cancellation) => store.ProbeAsync(cancellation);

        public Task DeleteAsync(MediaKey key, CancellationToken cancellation) =>
            Fails ? throw new IOException("The process dies here.") : store.DeleteAsync(key, cancellation);

        public Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation) => store.ListAsync(bucket, cancellation);
    }
}
