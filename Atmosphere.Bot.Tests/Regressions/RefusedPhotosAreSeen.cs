using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Imaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A HEIC photo that was sent as a document vanished: no row, no notification, no word to its sender.</summary>
public sealed class RefusedPhotosAreSeen
{
    [Fact]
    public async Task A_HEIC_photo_that_is_sent_as_a_document_is_taken()
    {
        await using var group = await WahaClass.StartAsync();
        group.Waha.Files["IMG_1.HEIC"] = await HeicFiles.OfAsync(Flows.RecognitionHost.Sample(2), "jpg");
        await group.PostPhotoAsync("P", file: "IMG_1.HEIC", type: "application/octet-stream");
        await Eventually.TrueAsync(async () => await group.Server.CountAsync("photos WHERE state = 'processed'") == 1, "it is processed");
        await Eventually.TrueAsync(async () => await group.Server.CountAsync("faces") > 1, "its faces are found");
    }

    [Theory]
    [InlineData("image/heic")]
    [InlineData("application/octet-stream")]
    public async Task Where_it_cannot_be_read_operators_see_it_and_its_sender_is_told_once_a_day(string type)
    {
        await using var group = await WahaClass.StartAsync(services => services.AddSingleton(new OwnProgram("/no/such/program", [])));
        group.Waha.Files["IMG_1.HEIC"] = await HeicFiles.OfAsync(DrawnPhotos.Quarters(64, 64));
        await group.PostPhotoAsync("P", file: "IMG_1.HEIC", type: type);
        await Eventually.TrueAsync(() => group.Told("photo.refused-unsupported") == 1, "its sender is told");
        await group.PostPhotoAsync("P", file: "IMG_1.HEIC", type: type);
        await group.PostPhotoAsync("Q", file: "IMG_1.HEIC", type: type);
        await group.QuietAsync();

        Assert.Equal(1, group.Told("photo.refused-unsupported"));
        var photos = await group.Server.Bot.Services.GetRequiredService<OperatorPhotos>().ListAsync(PhotoState.Failed, group.Group, 10, default);
        Assert.Equal(2, photos.Count);
        Assert.All(photos, photo => Assert.Contains("HEIC photo, which cannot be read here. Please send it as JPEG.", photo.Error, StringComparison.Ordinal));
        Assert.Equal(2, await group.Server.NotificationsAsync("refused"));
        Assert.Contains("libheif1", await group.Server.Bot.QueryAsync<string>("SELECT MIN(text) FROM notifications WHERE kind = 'refused'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_is_no_picture_is_left_alone()
    {
        await using var group = await WahaClass.StartAsync();
        group.Waha.Files["letter"] = "%PDF-1.7 and so on"u8.ToArray();
        await group.PostPhotoAsync("P", file: "letter", type: "application/octet-stream");
        await Eventually.TrueAsync(() => group.Waha.Fetched.Count == 1, "it is looked at");
        await group.QuietAsync();
        Assert.Equal(0, await group.Server.CountAsync("photos") + await group.Server.NotificationsAsync("refused"));
    }

    [Fact]
    public async Task A_damaged_photo_is_seen_like_one_that_cannot_be_read()
    {
        await using var group = await WahaClass.StartAsync();
        group.Waha.Files["photo.jpg"] = Flows.RecognitionHost.Wall[..200];
        await group.PostPhotoAsync("P");
        await Eventually.TrueAsync(() => group.Told("photo.refused-damaged") == 1, "its sender is told");
        Assert.Equal(1, await group.Server.CountAsync("photos WHERE state = 'failed'"));
    }
}
