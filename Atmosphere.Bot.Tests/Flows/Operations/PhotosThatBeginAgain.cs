using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows.Operations;

/// <summary>What an operator does when photos have failed, from the cause to the delivered photo.</summary>
public sealed class PhotosThatBeginAgain : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    private OperatorPhotos Photos => _host.Get<OperatorPhotos>();

    private DeadLetters Letters => _host.Get<DeadLetters>();

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(settings:
    [
        ("Atmosphere:Pipeline:DetectFaces:FirstDelay", "00:00:00"),
        ("Atmosphere:Pipeline:SendOutboundMessage:FirstDelay", "00:00:00"),
    ]);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_failed_photo_whose_file_is_whole_again_comes_to_the_parent()
    {
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var photo = await FailAsync();
        Assert.NotEmpty((await Photos.FindAsync(photo))!.Notifications);

        await Photos.RetryAsync(photo);

        await EndsAsync(photo, PhotoState.Processed);
        var story = (await Photos.FindAsync(photo))!;
        Assert.Null(story.Photo.Error);
        Assert.Equal((1, true), (story.Photo.Named, story.HasFile));
        await Eventually.TrueAsync(() => !_host.Parents.Got.IsEmpty, "the parent has it");
        Assert.Single(_host.Parents.Got);
        Assert.DoesNotContain(story.Steps, step => step.Outcome == "failed");
    }

    [Fact]
    public async Task A_degraded_photo_begins_again_and_what_was_delivered_is_not_delivered_again()
    {
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var photo = (await _host.PostAsync("one", RecognitionHost.Sample(2))).Photo;
        await IdleAsync();
        await _host.ExecuteAsync($"UPDATE photos SET state = 'degraded' WHERE id = '{photo}'");

        await Photos.RetryAsync(photo);

        await EndsAsync(photo, PhotoState.Processed);
        Assert.Single(_host.Parents.Got);
        Assert.Single((await Photos.FindAsync(photo))!.Deliveries);
        await IdleAsync();
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Unprocessed));
    }

    [Fact]
    public async Task What_a_parent_said_of_a_face_is_true_of_the_face_at_its_place_when_the_photo_begins_again()
    {
        var maya = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var photo = (await _host.PostAsync("one", RecognitionHost.Sample(2))).Photo;
        await IdleAsync();
        var face = await _host.ScalarAsync<string>($"SELECT id FROM faces WHERE person_id = '{maya}'");
        await _host.ExecuteAsync($"INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES ('{face}', 'participant:mother', 'is-not', '{maya}', 1)");
        await _host.ExecuteAsync($"UPDATE photos SET state = 'degraded' WHERE id = '{photo}'");

        await Photos.RetryAsync(photo);

        await EndsAsync(photo, PhotoState.Processed);
        Assert.Equal(1, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM face_tags t JOIN faces f ON f.id = t.face_id AND f.photo_id = '{photo}' WHERE t.face_id <> '{face}' AND t.photo_id IS NULL"));
        Assert.Equal(0, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM faces WHERE person_id = '{maya}'"));
    }

    [Fact]
    public async Task Replaying_the_dead_letter_of_a_failed_photo_lets_the_photo_succeed()
    {
        await _host.ExecuteAsync("CREATE TRIGGER broken BEFORE INSERT ON bounding_boxes BEGIN SELECT RAISE(ABORT, 'It is broken.'); END");
        _ = await _host.PostAsync("one", RecognitionHost.Sample(2));
        var letter = Assert.Single(await Letters.ListAsync(null, 10));
        var photo = Assert.Single(await Photos.ListAsync(PhotoState.Failed, null, 10)).Id;
        await _host.ExecuteAsync("DROP TRIGGER broken");
        await IdleAsync();
        Assert.Equal(letter.Id, Assert.Single((await Photos.FindAsync(photo))!.DeadLetters).Id);

        Assert.True(await Letters.ReplayAsync(letter));

        await EndsAsync(photo, PhotoState.Processed);
        Assert.Equal(0, await Letters.CountAsync(null));
        Assert.False(await Letters.ReplayAsync(letter));
    }

    [Fact]
    public async Task Replaying_a_delivery_that_was_given_up_sends_it()
    {
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        _host.Parents.Answer = _ => throw new HopelessException("The channel is closed.");
        var photo = (await _host.PostAsync("one", RecognitionHost.Sample(2))).Photo;
        Assert.Equal(DeliveryState.Failed, Assert.Single((await Photos.FindAsync(photo))!.Deliveries).State);

        _host.Parents.Answer = _ => SendOutcome.Sent;
        Assert.True(await Letters.ReplayAsync(Assert.Single(await Letters.ListAsync("whatsapp-outbound-message", 10))));

        await Eventually.TrueAsync(
            async () => (await Photos.FindAsync(photo))!.Deliveries.Single().State == DeliveryState.Sent, "it was sent");
    }

    [Fact]
    public async Task What_cannot_begin_again_is_refused_with_the_reason()
    {
        var well = (await _host.PostAsync("one", RecognitionHost.Sample(2))).Photo;
        Assert.Contains("only failed and degraded", await RefusalAsync(well), StringComparison.Ordinal);
        Assert.Contains("no photo 'nothing'", await RefusalAsync(new PhotoId("nothing")), StringComparison.Ordinal);

        var photo = await FailAsync();
        var file = (await _host.Media.ListAsync(MediaBucket.Unprocessed, default)).Single(file => file.Key.Value.Contains(photo.Value, StringComparison.Ordinal));
        await _host.Media.DeleteAsync(file.Key, default);
        Assert.Contains("is gone", await RefusalAsync(photo), StringComparison.Ordinal);
        Assert.Equal(PhotoState.Failed, (await Photos.FindAsync(photo))!.Photo.State);
    }

    [Fact]
    public async Task Photos_whose_time_to_live_is_over_are_not_among_those_of_a_state()
    {
        var photo = await FailAsync();
        Assert.Equal([photo], await Photos.InStateAsync(PhotoState.Failed));

        await _host.ExecuteAsync("UPDATE photos SET media = NULL, expired_at = 1");
        Assert.Empty(await Photos.InStateAsync(PhotoState.Failed));
    }

    private async Task<string> RefusalAsync(PhotoId photo) => (await Assert.ThrowsAsync<ReplayRefusedException>(() => Photos.RetryAsync(photo))).Message;

    /// <summary>A photo whose file was damaged when it was looked at, and is whole again.</summary>
    private async Task<PhotoId> FailAsync()
    {
        var status = await _host.PostAsync("damaged", RecognitionHost.Sample(2)[..20_000]);
        Assert.Equal(PhotoState.Failed, status.State);
        await IdleAsync();
        var file = Directory.GetFiles(Path.Combine(_host.Folder, "media", "unprocessed"), $"{status.Photo}.*").Single();
        await File.WriteAllBytesAsync(file, RecognitionHost.Sample(2));
        return status.Photo;
    }

    private Task EndsAsync(PhotoId photo, PhotoState state) => Eventually.TrueAsync(
        async () => (await Photos.FindAsync(photo))?.Photo.State == state && await _host.ScalarAsync<int>("SELECT COUNT(*) FROM messages") == 0,
        $"the photo is {state}");

    private Task IdleAsync() =>
        Eventually.TrueAsync(async () => await _host.ScalarAsync<int>("SELECT COUNT(*) FROM messages") == 0, "the queues are empty");
}
