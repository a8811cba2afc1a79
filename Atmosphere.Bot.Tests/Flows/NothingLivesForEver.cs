using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>Retention with a clock that the test moves.</summary>
public sealed class NothingLivesForEver : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false, _clock);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_delivered_photo_goes_a_day_after_its_delivery_as_file_and_as_row()
    {
        await DeliveredAsync();

        await AfterAsync(TimeSpan.FromHours(23));
        Assert.Equal((1, 1, 1), await PhotoAsync());
        await AfterAsync(TimeSpan.FromHours(2));
        Assert.Equal((1, 0, 0), await PhotoAsync());
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM faces WHERE verdict = 'named'"));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions"));
        Assert.Null(await _host.Photos.FindAsync(RecognitionHost.Class, "one"));
    }

    [Fact]
    public async Task A_photo_that_is_long_gone_is_still_known_when_it_is_delivered_again()
    {
        await DeliveredAsync();
        await AfterAsync(TimeSpan.FromDays(2));

        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Unprocessed));
        Assert.Null(await _host.Photos.FindAsync(RecognitionHost.Class, "one"));
    }

    [Fact]
    public async Task A_photo_that_nobody_got_goes_after_three_days_wherever_it_stands()
    {
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "in the queue", "one.jpg", RecognitionHost.Sample(2), default);
        var stored = await _host.Media.PutAsync(MediaBucket.Unprocessed, RecognitionHost.Sample(2), "image/jpeg", default);
        await _host.RunAsync(new GroupMessageReceived(RecognitionHost.Class, "unprocessed", stored));

        await AfterAsync(TimeSpan.FromHours(71));
        Assert.Equal(2, await _host.FilesAsync(MediaBucket.Unprocessed));
        await AfterAsync(TimeSpan.FromHours(2));
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Unprocessed));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM photos"));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("sending")]
    public async Task A_photo_that_is_still_to_be_sent_stays_however_old_it_is(string state)
    {
        await DeliveredAsync();
        await _host.ExecuteAsync($"UPDATE media_distributions SET state = '{state}', sent_at = NULL");

        await AfterAsync(TimeSpan.FromDays(4));
        Assert.Equal((1, 1, 1), await PhotoAsync());
    }

    [Fact]
    public async Task A_photo_that_was_sent_late_stays_as_long_after_its_delivery_as_any_other()
    {
        await DeliveredAsync();
        var sent = (_clock.GetUtcNow() + TimeSpan.FromDays(3)).ToUnixTimeMilliseconds();
        await _host.ExecuteAsync($"UPDATE media_distributions SET sent_at = {sent}");

        await AfterAsync(TimeSpan.FromHours((3 * 24) + 23));
        Assert.Equal((1, 1, 1), await PhotoAsync());
        await AfterAsync(TimeSpan.FromHours(2));
        Assert.Equal((0, 0, 0), await PhotoAsync());
    }

    [Fact]
    public async Task A_training_photo_that_nobody_confirmed_goes_after_an_hour_and_a_confirmed_one_waits_for_its_turn()
    {
        _ = await _host.Media.PutAsync(MediaBucket.Training, RecognitionHost.Sample(2), "image/jpeg", default);
        await _host.RegisterAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);

        await AfterAsync(TimeSpan.FromMinutes(61));
        Assert.Equal(1, await _host.FilesAsync(MediaBucket.Training));
    }

    [Fact]
    public async Task A_person_who_could_not_be_learned_is_forgotten_after_a_day_everywhere()
    {
        var person = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await _host.ExecuteAsync("UPDATE persons SET state = 'failed'");

        await AfterAsync(TimeSpan.FromHours(25));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT (SELECT COUNT(*) FROM persons) + (SELECT COUNT(*) FROM guardians) + (SELECT COUNT(*) FROM consents)"));
        var collection = CollectionId.Of(RecognitionHost.Class);
        Assert.Empty(await _host.Get<IFaceCollections>().ListFacesAsync(collection, null, default));
        Assert.NotNull(person.Value);
    }

    [Fact]
    public async Task A_file_that_no_row_names_goes_after_an_hour_and_every_named_one_stays()
    {
        await DeliveredAsync();
        _ = await _host.Media.PutAsync(MediaBucket.Outbound, RecognitionHost.Sample(2), "image/jpeg", default);

        await AfterAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(2, await _host.FilesAsync(MediaBucket.Outbound));
        await AfterAsync(TimeSpan.FromMinutes(2));
        Assert.Equal((1, 1, 1), await PhotoAsync());
    }

    private async Task DeliveredAsync()
    {
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        await _host.RunQueuedAsync();
        Assert.True((await _host.Photos.FindAsync(RecognitionHost.Class, "one"))!.Ended);
    }

    private async Task AfterAsync(TimeSpan time)
    {
        _clock.Advance(time);
        _ = await _host.Get<Retention>().RunAsync(default);
    }

    private async Task<(int Rows, int Received, int Outbound)> PhotoAsync() =>
        (await _host.ScalarAsync<int>("SELECT COUNT(*) FROM photos"), await _host.FilesAsync(MediaBucket.Processed), await _host.FilesAsync(MediaBucket.Outbound));
}
