namespace Atmosphere.Bot.Tests.Flows.Cleanup;

/// <summary>Everything about a person who never registered goes together, whatever becomes of the photo.</summary>
public sealed class TheUnknownAreForgotten
{
    private static readonly string[] _ofFaces = ["faces", "bounding_boxes", "embeddings", "searches", "candidates", "cluster_faces"];

    [Fact]
    public async Task Three_days_after_the_photo_was_looked_at_and_not_a_second_before()
    {
        await using var host = await CleanupHost.StartAsync();
        await host.DeliverAsync();
        var unknown = await host.CountAsync("faces WHERE verdict <> 'named'");
        Assert.True(unknown > 0);
        var clustered = await host.CountAsync("cluster_faces");

        await host.AfterAsync(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Equal(unknown, await host.CountAsync("faces"));
        Assert.Equal(unknown, await host.CountAsync("embeddings"));
        Assert.Equal(clustered, await host.CountAsync("cluster_faces"));
        Assert.Equal((0, unknown, unknown), await host.FilesAsync());

        await host.AfterAsync(TimeSpan.FromSeconds(1));
        await NothingIsLeftAsync(host);
    }

    [Fact]
    public async Task With_the_photo_go_the_registered_people_in_it_and_what_it_says_of_itself()
    {
        await using var host = await CleanupHost.StartAsync();
        await host.DeliverAsync();
        var unknown = await host.CountAsync("faces WHERE verdict <> 'named'");

        await host.AfterAsync(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal((1, unknown + 1, unknown + 1), await host.FilesAsync());
        Assert.Equal(unknown + 1, await host.CountAsync("embeddings"));

        await host.AfterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((0, unknown, unknown), await host.FilesAsync());
        Assert.Equal(unknown, await host.CountAsync("embeddings"));
        Assert.Equal(unknown, await host.CountAsync("bounding_boxes"));
        Assert.Equal(0, await host.CountAsync("exif") + await host.CountAsync("photo_steps") + await host.CountAsync("sync_points"));
        Assert.Equal("", await host.Recognition.ScalarAsync<string>("SELECT file_name FROM photos"));
    }

    [Fact]
    public async Task Before_the_photo_where_that_lives_longer()
    {
        await using var host = await CleanupHost.StartAsync(settings: ("Atmosphere:Retention:UnknownFaces", "01:00:00"));
        await host.DeliverAsync();

        await host.AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal((1, 1, 1), await host.FilesAsync());
        Assert.Equal(1, await host.CountAsync("faces"));
        Assert.Equal(1, await host.CountAsync("embeddings"));
        Assert.Equal(0, await host.CountAsync("cluster_faces") + await host.CountAsync("clusters WHERE state = 'open'"));

        await host.AfterAsync(TimeSpan.FromHours(23));
        Assert.Equal(0, await host.CountAsync("photos"));
    }

    [Fact]
    public async Task Not_while_somebody_still_decides_who_they_are()
    {
        await using var host = await CleanupHost.StartAsync(settings: [("Atmosphere:Retention:UnknownFaces", "01:00:00"), ("Atmosphere:Retention:UndeliveredPhotos", "1.00:00:00")]);
        await host.DeliverAsync();
        await host.Recognition.ExecuteAsync("UPDATE photos SET gate_opened_at = NULL, distributed_at = NULL; DELETE FROM media_distributions;");
        await host.Recognition.ExecuteAsync("UPDATE faces SET verdict = 'undecided', decided_at = NULL");
        var faces = await host.CountAsync("faces");

        await host.AfterAsync(TimeSpan.FromHours(23));
        Assert.Equal(faces, await host.CountAsync("embeddings"));
        await host.AfterAsync(TimeSpan.FromHours(1));
        await NothingIsLeftAsync(host);
    }

    [Fact]
    public async Task Also_those_of_a_photo_that_failed_on_the_way()
    {
        await using var host = await CleanupHost.StartAsync(settings: [("Atmosphere:Retention:UnknownFaces", "01:00:00")]);
        await host.DeliverAsync();
        await host.Recognition.ExecuteAsync(
            "DELETE FROM media_distributions; DELETE FROM faces; UPDATE photos SET state = 'failed', gate_opened_at = NULL, distributed_at = NULL;");

        await host.AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(0, await host.CountAsync("embeddings") + await host.CountAsync("bounding_boxes") + await host.CountAsync("cluster_faces"));
        Assert.Equal(1, await host.CountAsync("photos"));
    }

    [Fact]
    public async Task And_clusters_count_who_is_left()
    {
        await using var host = await CleanupHost.StartAsync();
        await host.DeliverAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Recognition.Photos.ReceiveAsync(RecognitionHost.Class, "two", "two.jpg", RecognitionHost.Sample(2), default);
        await host.Recognition.RunQueuedAsync();
        var clusters = await host.CountAsync("clusters");
        Assert.Equal(clusters, await host.CountAsync("clusters WHERE faces = 2"));

        await host.AfterAsync(TimeSpan.FromHours(71));
        Assert.Equal(clusters, await host.CountAsync("clusters WHERE faces = 1 AND state = 'open'"));
        await host.AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(clusters, await host.CountAsync("clusters WHERE faces = 0 AND state = 'gone'"));
        await host.AfterAsync(TimeSpan.FromDays(3));
        Assert.Equal(0, await host.CountAsync("clusters"));
    }

    [Fact]
    public async Task Even_what_a_step_wrote_after_the_photo_was_deleted()
    {
        await using var host = await CleanupHost.StartAsync();
        await host.Recognition.ExecuteAsync(
            """
            INSERT INTO embeddings (face_id, photo_id, model, vector, mirror_distance) VALUES ('late', 'gone', 'm', x'00', 0);
            INSERT INTO exif (photo_id, camera) VALUES ('gone', 'A camera');
            INSERT INTO sync_points (photo_id) VALUES ('gone');
            """);
        var report = await host.AfterAsync(TimeSpan.Zero);
        Assert.Equal(3, report.Kinds.Single(kind => kind.Kind == "late rows").Deleted);
        Assert.Equal(0, await host.CountAsync("embeddings") + await host.CountAsync("exif") + await host.CountAsync("sync_points"));
    }

    private static async Task NothingIsLeftAsync(CleanupHost host)
    {
        foreach (var table in _ofFaces.Append("photos").Append("clusters WHERE state = 'open'"))
            Assert.Equal((table, 0), (table, await host.CountAsync(table)));
        Assert.Equal((0, 0, 0), await host.FilesAsync());
        Assert.Equal(0, await host.CountAsync("clusters WHERE faces > 0"));
        Assert.Equal(0, (await host.AfterAsync(TimeSpan.FromSeconds(1))).Deleted);
    }
}
