using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>When photos go out: one album in the evening, and one photo of a burst.</summary>
public sealed class AlbumsAndBursts : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private RecognitionHost _host = null!;
    private ParticipantId _mother;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false, _clock);
        _mother = await _host.ParentAsync("mother");
        await _host.ExecuteAsync(
            """
            UPDATE groups SET time_zone = 'America/New_York';
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'class', 'Maya', 'connected', 0), ('noa', 'class', 'Noa', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('maya', 'mother', 'owner', 0), ('noa', 'mother', 'owner', 0);
            INSERT INTO consents (person_id, participant_id, version, text, given_at) VALUES ('maya', 'mother', '1', 'I agree.', 0), ('noa', 'mother', '1', 'I agree.', 0);
            """);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_is_posted_in_a_day_goes_out_in_the_evening_of_the_group_under_one_heading()
    {
        await WishAsync((wishes, session) => wishes.DailyAsync(session, _mother));
        await PhotoAsync("one", 0, "maya");
        await PhotoAsync("two", -1, "noa", "maya");

        // It is 8:00 in UTC and 3:00 in the group's place: 19:00 there is 16 hours away.
        await GatherAsync(TimeSpan.FromHours(15.9));
        Assert.Empty(_host.Parents.Got);
        _ = await _host.Get<Retention>().RunAsync(default);
        await GatherAsync(TimeSpan.FromHours(0.2));

        Assert.Equal(["photo.album", "photo.delivered", "photo.delivered"], _host.Parents.Got.Select(notice => notice.Text));
        var heading = _host.Parents.Got.First();
        Assert.Equal(("2", "Maya, Noa"), (heading.Values["count"], string.Join(", ", heading.Values["names"].Split(", ").Order())));
        await GatherAsync(TimeSpan.FromDays(1));
        Assert.Equal(3, _host.Parents.Got.Count);
    }

    [Fact]
    public async Task What_waits_longer_than_photos_live_is_not_deleted()
    {
        await WishAsync((wishes, session) => wishes.DailyAsync(session, _mother));
        await PhotoAsync("one", 0, "maya");
        _clock.Advance(TimeSpan.FromDays(4));
        _ = await _host.Get<Retention>().RunAsync(default);
        await GatherAsync(TimeSpan.Zero);

        Assert.Equal(["photo.album-of-one", "photo.delivered"], _host.Parents.Got.Select(notice => notice.Text));
        Assert.True(await _host.Media.ExistsAsync(_host.Parents.Got.Last().Picture!.Value, default));
    }

    [Fact]
    public async Task Consent_that_went_in_the_afternoon_empties_the_album()
    {
        await WishAsync((wishes, session) => wishes.DailyAsync(session, _mother));
        await PhotoAsync("one", 0, "maya");
        await _host.ExecuteAsync("UPDATE consents SET withdrawn_at = 1");
        await GatherAsync(TimeSpan.FromDays(1));

        Assert.Empty(_host.Parents.Got);
        Assert.Equal("withheld", await _host.ScalarAsync<string>("SELECT state FROM media_distributions"));
    }

    [Fact]
    public async Task Who_wants_photos_at_once_again_gets_what_waits_without_a_heading()
    {
        await WishAsync((wishes, session) => wishes.DailyAsync(session, _mother));
        await PhotoAsync("one", 0, "maya");
        await WishAsync((wishes, session) => wishes.InstantAsync(session, _mother));
        await _host.RunQueuedAsync();

        Assert.Equal(["photo.delivered"], _host.Parents.Got.Select(notice => notice.Text));
    }

    [Theory]
    [InlineData(0b111111, "00:01:00", "maya", true)]
    [InlineData(0b1111111, "00:01:00", "maya", false)]
    [InlineData(0, "00:02:01", "maya", false)]
    [InlineData(0, "00:01:00", "noa", false)]
    public async Task Of_a_burst_the_first_photo_is_sent(long bits, string apart, string child, bool isBurst)
    {
        await PhotoAsync("one", 0, "maya");
        _clock.Advance(TimeSpan.Parse(apart, System.Globalization.CultureInfo.InvariantCulture));
        await PhotoAsync("two", bits, child);

        Assert.Equal(isBurst ? 1 : 2, _host.Parents.Got.Count);
        Assert.Equal(isBurst ? 1 : 0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions WHERE state = 'withheld' AND error = 'burst'"));
        Assert.Equal(isBurst ? 1 : 2, await _host.FilesAsync(MediaBucket.Outbound));
    }

    [Fact]
    public async Task A_photo_whose_twin_could_not_be_sent_is_sent()
    {
        await PhotoAsync("one", 0, "maya");
        await _host.ExecuteAsync("UPDATE media_distributions SET state = 'failed'");
        await PhotoAsync("two", 0, "maya");
        Assert.Equal(2, _host.Parents.Got.Count);
    }

    [Fact]
    public async Task A_photo_that_was_passed_over_is_sent_when_its_twin_is_lost_and_only_one_of_them()
    {
        foreach (var id in new[] { "one", "two", "three", "four" })
            await PhotoAsync(id, 0, send: false, "maya");
        Assert.Equal(3, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions WHERE state = 'withheld' AND error = 'burst'"));
        _host.Parents.Answer = _ => _host.Parents.Got.Count < 3 ? SendOutcome.Refused : SendOutcome.Sent;
        await _host.RunQueuedAsync();

        Assert.Equal(3, _host.Parents.Got.Count);
        Assert.Equal(
            "failed 2, sent 1, withheld 1",
            await _host.ScalarAsync<string>("SELECT group_concat(state || ' ' || n, ', ') FROM (SELECT state, COUNT(*) AS n FROM media_distributions GROUP BY state ORDER BY state)"));
    }

    [Fact]
    public async Task A_twin_is_not_made_up_for_to_who_paused_meanwhile()
    {
        await PhotoAsync("one", 0, send: false, "maya");
        await PhotoAsync("two", 0, send: false, "maya");
        _host.Parents.Answer = _ => SendOutcome.Unknown;
        var first = (SendMedia)(await _host.TakeAsync())!;
        await _host.RunAsync(first);
        await WishAsync((wishes, session) => wishes.PauseAsync(session, _mother));
        await _host.RunQueuedAsync();

        _ = Assert.Single(_host.Parents.Got);
        Assert.Equal("paused", await _host.ScalarAsync<string>("SELECT error FROM media_distributions WHERE photo_id = 'two'"));
    }

    [Fact]
    public async Task When_cameras_say_that_photos_are_far_apart_they_are_no_burst()
    {
        await _host.ExecuteAsync("INSERT INTO exif (photo_id, taken_at) VALUES ('one', '2026-03-01T07:00:00'), ('two', '2026-03-01T07:30:00'), ('three', '2026-03-01T07:30:20')");
        await PhotoAsync("one", 0, "maya");
        await PhotoAsync("two", 0, "maya");
        _clock.Advance(TimeSpan.FromHours(2));
        await PhotoAsync("three", 0, "maya");

        Assert.Equal(2, _host.Parents.Got.Count);
    }

    private Task WishAsync(Func<DeliveryWishes, Atmosphere.Recognition.Storage.Session, Task> wish) =>
        _host.Database.WriteAsync(session => wish(_host.Get<DeliveryWishes>(), session));

    /// <summary>A photo of the group that shows these children, decided; it is distributed and, where that is at once, sent.</summary>
    private Task PhotoAsync(string id, long hash, params string[] children) => PhotoAsync(id, hash, send: true, children);

    private async Task PhotoAsync(string id, long hash, bool send, params string[] children)
    {
        var media = await _host.Media.PutAsync(MediaBucket.Processed, RecognitionHost.Wall, "image/jpeg", default);
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        await _host.ExecuteAsync(
            $"""
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at, decided_at, perceptual_hash)
            VALUES ('{id}', 'class', '{id}', 'processed', '{media}', '{id}.jpg', {now}, {now}, {hash})
            """);
        foreach (var child in children)
        {
            await _host.ExecuteAsync(
                $"""
                INSERT INTO faces (id, photo_id, x, y, width, height, score, person_id, similarity, verdict, decided_at)
                VALUES ('{id}-{child}', '{id}', 1, 1, 80, 80, 0.9, '{child}', 95, 'named', {now})
                """);
        }

        await _host.RunAsync(new DistributePhoto(new PhotoId(id)));
        if (send)
            await _host.RunQueuedAsync();
    }

    private async Task GatherAsync(TimeSpan after)
    {
        _clock.Advance(after);
        await _host.RunAsync(new GatherAlbums(_clock.GetUtcNow()));
        await _host.RunQueuedAsync();
    }
}
