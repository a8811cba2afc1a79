using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows.Pipeline;

public sealed class ExtractExifTests : IAsyncLifetime
{
    private static readonly PhotoId _photo = new("photo-1");
    private static readonly ExtractPhotoExif _message = new(_photo);

    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(1, 52.5, 13.25)]
    public async Task A_photo_keeps_its_camera_and_time_and_its_place_only_where_the_group_does(int keepsGps, double? latitude, double? longitude)
    {
        await _host.ExecuteAsync($"UPDATE groups SET keeps_gps = {keepsGps}");
        await PhotoAsync(WithExif());

        await _host.RunAsync(_message);

        var row = await _host.ScalarAsync<(string, string, string, double?, double?)>("SELECT camera, taken_at, utc_offset, latitude, longitude FROM exif");
        Assert.Equal(("Canon EOS 5D", "2024-05-01T12:34:56", "+02:00", latitude, longitude), row);
        Assert.Equal(("ExtractExif", "done", null), await StepAsync());
        Assert.Equal(1, await ArrivedAsync());
    }

    [Fact]
    public async Task A_photo_that_says_nothing_has_an_empty_row_and_goes_on()
    {
        await PhotoAsync(RecognitionHost.Sample(2)[..]);

        await _host.RunAsync(_message);

        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM exif"));
        Assert.Equal(("ExtractExif", "done", null), await StepAsync());
        Assert.Equal(1, await ArrivedAsync());
    }

    [Fact]
    public async Task A_late_second_message_changes_nothing()
    {
        await PhotoAsync(WithExif());
        await _host.RunAsync(_message);
        await _host.ExecuteAsync("UPDATE groups SET keeps_gps = 1");
        await _host.ExecuteAsync("UPDATE exif SET camera = 'the first'");
        var before = await _host.ScalarAsync<(long, long)>("SELECT exif_at, (SELECT ended_at FROM photo_steps) FROM sync_points");

        await _host.RunAsync(_message);

        Assert.Equal(("the first", null), await _host.ScalarAsync<(string, double?)>("SELECT camera, latitude FROM exif"));
        Assert.Equal(before, await _host.ScalarAsync<(long, long)>("SELECT exif_at, (SELECT ended_at FROM photo_steps) FROM sync_points"));
    }

    [Fact]
    public async Task When_no_attempt_is_left_operators_are_told_and_the_photo_goes_on()
    {
        await PhotoAsync(WithExif());

        await _host.ExhaustAsync(_message, new IOException("The disk does not answer."));

        Assert.Equal(("ExtractExif", "failed", "ExtractExif gave up."), await StepAsync());
        Assert.Equal("exif-failed", await _host.ScalarAsync<string>("SELECT kind FROM notifications"));
        Assert.Equal("unprocessed", await _host.ScalarAsync<string>("SELECT state FROM photos"));
        Assert.Equal(1, await ArrivedAsync());
    }

    [Fact]
    public async Task A_damaged_photo_is_not_tried_again_and_its_name_is_told_to_nobody()
    {
        await PhotoAsync([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 1, 2, 3]);

        await _host.RunAsync(_message);

        var (_, outcome, error) = await StepAsync();
        Assert.Equal("failed", outcome);
        Assert.DoesNotContain("maya", error + await _host.ScalarAsync<string>("SELECT text FROM notifications"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await ArrivedAsync());
    }

    [Theory]
    [InlineData("DELETE FROM photos")]
    [InlineData("UPDATE photos SET state = 'failed'")]
    [InlineData("UPDATE photos SET state = 'erased', media = NULL")]
    public async Task Of_a_photo_that_is_gone_nothing_is_kept(string gone)
    {
        await PhotoAsync(WithExif());
        await _host.ExecuteAsync(gone);

        await _host.RunAsync(_message);
        await _host.ExhaustAsync(_message, new IOException("late"));

        Assert.Equal((0, 0, 0), await _host.ScalarAsync<(int, int, int)>(
            "SELECT (SELECT COUNT(*) FROM exif), (SELECT COUNT(*) FROM photo_steps), (SELECT COUNT(*) FROM notifications)"));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM messages"));
    }

    [Fact]
    public async Task Of_a_photo_whose_file_is_gone_nothing_is_kept_and_it_goes_on()
    {
        await _host.Media.DeleteAsync(await PhotoAsync(WithExif()), default);

        await _host.RunAsync(_message);

        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM exif"));
        Assert.Equal(1, await ArrivedAsync());
    }

    private byte[] WithExif() => ExifBlock.Put(
        _host.Get<PhotoEncoder>().EncodeJpeg(DrawnPhotos.Quarters(96, 64), 90),
        ExifBlock.Of("Canon", "Canon EOS 5D", "2024:05:01 12:34:56", "+02:00").At("N", [52, 1, 30, 1, 0, 1], "E", [13, 1, 15, 1, 0, 1]).Tiff());

    private async Task<MediaKey> PhotoAsync(byte[] file)
    {
        var media = await _host.Media.PutAsync(MediaBucket.Unprocessed, file, "image/jpeg", default);
        await _host.Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at)
                VALUES (@photo, 'class', 'one', 'unprocessed', @media, 'maya at the zoo.jpg', 0)
                """,
                new { photo = _photo, media });
            await session.ExecuteAsync("INSERT INTO sync_points (photo_id) VALUES (@photo)", new { photo = _photo });
        });
        return media;
    }

    private Task<(string, string, string?)> StepAsync() => _host.ScalarAsync<(string, string, string?)>("SELECT step, outcome, error FROM photo_steps");

    private Task<int> ArrivedAsync() => _host.ScalarAsync<int>("SELECT COUNT(*) FROM sync_points WHERE exif_at IS NOT NULL AND opened_at IS NULL");
}
