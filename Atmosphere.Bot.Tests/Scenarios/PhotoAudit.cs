using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>Looks into the data folder of a stopped server: is every photo in one end, every face there once, every file named?</summary>
internal sealed class PhotoAudit(RecognitionHost host)
{
    /// <param name="data">The data folder; no server runs on it.</param>
    /// <param name="posted">How many photos were accepted.</param>
    /// <param name="delivered">How many of them show the registered child.</param>
    public static async Task CheckAsync(string data, int posted, int delivered)
    {
        var later = new TestClock();
        later.Advance(TimeProvider.System.GetUtcNow() - later.GetUtcNow() + TimeSpan.FromHours(2));
        var host = await RecognitionHost.StartAsync(workers: false, clock: later, folder: data);
        try
        {
            await new PhotoAudit(host).CheckAsync(posted, delivered);
        }
        finally
        {
            await host.StopAsync();
        }
    }

    private async Task CheckAsync(int posted, int delivered)
    {
        Assert.Equal("ok", await host.ScalarAsync<string>("PRAGMA integrity_check"));
        await CountAsync(0, "messages");
        await CountAsync(0, "dead_letters");
        await CountAsync(posted, "inbox");
        await CountAsync(posted, "inbox i LEFT JOIN photos p ON p.id = i.photo_id WHERE (i.outcome IS NULL AND p.state IN ('processed', 'failed')) OR (i.outcome = 'no faces' AND p.id IS NULL)");
        await CountAsync(0, "photos WHERE state NOT IN ('processed', 'failed')");
        await CountAsync(0, "sync_points WHERE closed_at IS NULL");
        await CountAsync(0, "photos p WHERE p.state = 'processed' AND (p.distributed_at IS NULL OR p.faces <> (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id AND f.decided_at IS NOT NULL))");

        // The same picture has the same faces each time it is posted, each described, stored and looked up once.
        await CountAsync(0, "(SELECT file_name FROM photos WHERE state = 'processed' GROUP BY file_name HAVING MIN(faces) <> MAX(faces))");
        foreach (var table in (string[])["bounding_boxes", "embeddings", "searches", "faces"])
            await CountAsync(0, $"photos p WHERE p.state = 'processed' AND p.faces <> (SELECT COUNT(*) FROM {table} t WHERE t.photo_id = p.id)");
        await CountAsync(0, "photos p WHERE p.state = 'processed' AND 1 <> (SELECT COUNT(*) FROM notifications n WHERE n.photo_id = p.id)");

        await CountAsync(delivered, "media_distributions");
        await CountAsync(delivered, "media_distributions WHERE state = 'sent'");
        await CheckFilesAsync();
    }

    private async Task CheckFilesAsync()
    {
        _ = await host.Get<Retention>().RunAsync(default);
        var named = new HashSet<MediaKey>();
        foreach (var owner in host.Get<IEnumerable<IMediaOwner>>())
            named.UnionWith((await host.Database.ReadAsync(owner.RowsAsync)).Select(row => row.Media));
        var stored = new HashSet<MediaKey>();
        foreach (var bucket in Enum.GetValues<MediaBucket>())
            stored.UnionWith((await host.Media.ListAsync(bucket, default)).Select(file => file.Key));
        Assert.Empty(stored.Except(named));
        Assert.Empty(named.Except(stored));
    }

    private async Task CountAsync(int expected, string rows)
    {
        var count = await host.ScalarAsync<int>($"SELECT COUNT(*) FROM {rows}");
        Assert.True(count == expected, $"{count} instead of {expected} rows of {rows}");
    }
}
