using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows.Cleanup;

/// <summary>Nothing is left to the sweep: here it finds files only after a year.</summary>
public sealed class FilesGoWithTheirRows
{
    private static readonly (string, string) _noSweep = ("Atmosphere:Retention:Orphans", "365.00:00:00");

    [Fact]
    public async Task With_a_delivered_photo_go_what_was_sent_and_the_pictures_of_those_who_have_a_name()
    {
        await using var host = await CleanupHost.StartAsync(settings: _noSweep);
        await host.DeliverAsync();
        var unknown = await host.CountAsync("faces WHERE verdict <> 'named'");
        Assert.Equal((1, unknown + 1, unknown + 1), await host.FilesAsync());
        Assert.Equal(1, await host.Recognition.FilesAsync(MediaBucket.Outbound));

        await host.AfterAsync(TimeSpan.FromDays(1));
        Assert.Equal((0, unknown, unknown), await host.FilesAsync());
        Assert.Equal(0, await host.Recognition.FilesAsync(MediaBucket.Outbound));

        await host.AfterAsync(TimeSpan.FromDays(2));
        Assert.Equal((0, 0, 0), await host.FilesAsync());
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("undecided")]
    public async Task With_a_photo_that_nobody_got_go_the_pictures_of_everybody(string verdict)
    {
        await using var host = await CleanupHost.StartAsync(settings: _noSweep);
        await host.DeliverAsync();
        await host.Recognition.ExecuteAsync(
            $"UPDATE media_distributions SET state = 'failed', sent_at = NULL; UPDATE faces SET verdict = '{verdict}' WHERE verdict = 'named'");

        await host.AfterAsync(TimeSpan.FromDays(3));
        Assert.Equal((0, 0, 0), await host.FilesAsync());
        Assert.Equal(0, await host.Recognition.FilesAsync(MediaBucket.Outbound));
        Assert.Equal(0, await host.CountAsync("photos"));
    }

    [Fact]
    public async Task With_a_person_who_could_not_be_learned_go_the_photos_to_learn_from()
    {
        await using var host = await CleanupHost.StartAsync(settings: _noSweep);
        await host.Recognition.RegisterAsync("Maya", await host.Recognition.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await host.Recognition.ExecuteAsync("UPDATE persons SET state = 'failed'");

        await host.AfterAsync(TimeSpan.FromDays(2));
        Assert.Equal(0, await host.CountAsync("enrolment_photos"));
        await host.AfterAsync(TimeSpan.Zero);
        Assert.Equal(0, await host.Recognition.FilesAsync(MediaBucket.Training));
    }

    [Fact]
    public async Task And_a_file_that_came_in_but_was_never_taken_in()
    {
        await using var host = await CleanupHost.StartAsync(settings: _noSweep);
        await host.Recognition.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        Assert.Equal((1, 1), (await host.CountAsync("inbox WHERE media IS NOT NULL"), await host.Recognition.FilesAsync(MediaBucket.Unprocessed)));

        await host.AfterAsync(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, await host.Recognition.FilesAsync(MediaBucket.Unprocessed));
        await host.AfterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await host.Recognition.FilesAsync(MediaBucket.Unprocessed));
    }
}
