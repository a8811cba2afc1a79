using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A parent got the same photo as often as somebody posted it.</summary>
public sealed class APictureThatIsPostedAgainIsNotSentAgain : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false, _clock);
        _ = await _host.ParentAsync("mother");
        await _host.ExecuteAsync(
            """
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'class', 'Maya', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('maya', 'mother', 'owner', 0);
            INSERT INTO consents (person_id, participant_id, version, text, given_at) VALUES ('maya', 'mother', '1', 'I agree.', 0);
            """);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Within_a_week_a_parent_gets_a_picture_once_and_afterwards_again()
    {
        await PostAsync("one", hash: 12345);
        Assert.Single(_host.Parents.Got);
        _clock.Advance(TimeSpan.FromHours(3));
        await PostAsync("again", hash: 12345);
        Assert.Single(_host.Parents.Got);
        Assert.Equal("repost", await _host.ScalarAsync<string>("SELECT error FROM media_distributions WHERE photo_id = 'again'"));

        // The first photo is deleted a day after its delivery; what was sent is still known.
        _clock.Advance(TimeSpan.FromDays(5));
        _ = await _host.Get<Retention>().RunAsync(default);
        Assert.Equal(0, await _host.ScalarAsync<long>("SELECT COUNT(*) FROM photos WHERE id = 'one'"));
        await PostAsync("later", hash: 12345);
        Assert.Single(_host.Parents.Got);

        _clock.Advance(TimeSpan.FromDays(4));
        _ = await _host.Get<Retention>().RunAsync(default);
        Assert.Equal(0, await _host.ScalarAsync<long>("SELECT COUNT(*) FROM sent_pictures"));
        await PostAsync("much-later", hash: 12345);
        Assert.Equal(2, _host.Parents.Got.Count);
    }

    [Fact]
    public async Task Another_picture_or_another_size_of_it_is_sent()
    {
        await PostAsync("one", hash: 12345);
        _clock.Advance(TimeSpan.FromHours(3));
        await PostAsync("other", hash: 99999);
        _clock.Advance(TimeSpan.FromHours(3));
        await PostAsync("larger", hash: 12345, width: 1600);
        Assert.Equal(3, _host.Parents.Got.Count);
    }

    [Fact]
    public async Task A_picture_that_was_not_delivered_the_first_time_is_sent_the_second()
    {
        await _host.ExecuteAsync("UPDATE participants SET paused_at = 1");
        await PostAsync("one", hash: 12345);
        await _host.ExecuteAsync("UPDATE participants SET paused_at = NULL");
        _clock.Advance(TimeSpan.FromHours(3));
        await PostAsync("again", hash: 12345);
        Assert.Single(_host.Parents.Got);
    }

    [Fact]
    public async Task The_same_photo_in_the_group_chat_is_delivered_once()
    {
        await using var group = await WahaClass.StartAsync(("Atmosphere:Distribution:BurstDistance", "0"));
        await group.RegisterAsync();
        await group.PostPhotoAsync("P");
        await Eventually.TrueAsync(() => group.Told("photo.delivered") == 1, "it is delivered");
        await group.PostPhotoAsync("Q");
        await Eventually.TrueAsync(async () => await group.Server.CountAsync("media_distributions WHERE error = 'repost'") == 1, "it is known");
        await group.QuietAsync();
        Assert.Equal(1, group.Told("photo.delivered"));
    }

    private async Task PostAsync(string id, long hash, int width = 800)
    {
        var media = await _host.Media.PutAsync(MediaBucket.Processed, RecognitionHost.Sample(2), "image/jpeg", default);
        await _host.ExecuteAsync(
            $"""
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at, width, height, perceptual_hash)
            VALUES ('{id}', 'class', '{id}', 'processed', '{media}', 'x.jpg', {_clock.GetUtcNow().ToUnixTimeMilliseconds()}, {width}, 600, {hash});
            INSERT INTO faces (id, photo_id, x, y, width, height, score, person_id, similarity, verdict)
            VALUES ('face-{id}', '{id}', 1, 1, 80, 80, 0.9, 'maya', 95, 'named');
            """);
        await _host.RunAsync(new DistributePhoto(new PhotoId(id)));
        await _host.RunQueuedAsync();
    }
}
