using Atmosphere.Bot.Tests.Channels;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Tests.Flows.Gateway;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Flows.Operations;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A photo that began again showed colleagues its unknown faces twice: the pictures of the first start stayed.</summary>
public sealed class ARetriedPhotoTakesItsPicturesBack
{
    [Fact]
    public async Task The_pictures_of_the_first_start_go_in_the_next_round_and_those_of_the_second_stay()
    {
        await using var slack = await SlackVendor.StartAsync();
        await using var host = await RecognitionHost.StartAsync(workers: false, new TestClock(), adjust: SlackVendor.AddTo, settings: slack.Settings);
        var photo = await ProcessedPhoto.AddAsync(host, DrawnPhotos.Quarters(800, 600), new Box(300, 200, 120, 90));
        await host.ExecuteAsync("UPDATE faces SET verdict = 'nobody', decided_at = 1");
        await ProcessedPhoto.ShowAsync(host, photo.Photo, photo.Face);
        await host.ExecuteAsync("UPDATE photos SET state = 'degraded', decided_at = 1");

        await host.Get<OperatorPhotos>().RetryAsync(photo.Photo);
        await host.ExecuteAsync(
            $"""
            UPDATE photos SET state = 'processed', width = 800, height = 600;
            INSERT INTO bounding_boxes (face_id, photo_id, position, x, y, width, height, score, landmarks, quality)
            VALUES ('again', '{photo.Photo}', 0, 300, 200, 120, 90, 0.9, '', '');
            INSERT INTO searches (face_id, photo_id, verdict, near_enough, collection_version) VALUES ('again', '{photo.Photo}', 'nobody', 0, 0);
            INSERT INTO faces (id, photo_id, x, y, width, height, score, verdict, decided_at) VALUES ('again', '{photo.Photo}', 300, 200, 120, 90, 0.9, 'nobody', 1)
            """);
        await ProcessedPhoto.ShowAsync(host, photo.Photo, new FaceId("again"));
        Assert.Equal(2, slack.Kept);

        Assert.True((await host.Get<Retention>().RunAsync(default)).Complete);
        Assert.Equal((1, "again"), (slack.Kept, await host.ScalarAsync<string>("SELECT face_id FROM colleague_pictures")));
    }
}
