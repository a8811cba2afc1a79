using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows.Gateway;

public sealed class FacePicturesTests : IAsyncLifetime
{
    private static readonly Box _box = new(700.4f, 300.2f, 120, 90.4f);

    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_stored_face_gets_a_crop_of_its_box_and_a_window_of_its_surroundings()
    {
        var photo = await ProcessedPhoto.AddAsync(_host, Spot(1600, 1200, _box), _box);

        await RunAsync(photo.Stored);

        var rectangle = await PictureAsync("rectangle");
        var zoom = await PictureAsync("zoom_in");
        Assert.Equal((120, 91), (rectangle.Width, rectangle.Height));
        Assert.All(new[] { (2, 2), (117, 88) }, at => Assert.True(IsRed(rectangle, at)));
        Assert.Equal((600, 450), (zoom.Width, zoom.Height));
        Assert.True(IsRed(zoom, (300, 225)));
        Assert.All(new[] { (230, 225), (370, 225), (300, 170), (300, 280) }, at => Assert.False(IsRed(zoom, at)));
    }

    [Fact]
    public async Task Neither_picture_says_where_or_by_whom_it_was_taken()
    {
        var jpeg = _host.Get<PhotoEncoder>().EncodeJpeg(Spot(1600, 1200, _box), 95);
        var exif = ExifBlock.Of("Canon", "Canon EOS 5D", "2024:05:01 12:34:56", "+02:00").At("N", [52, 1, 30, 1, 0, 1], "E", [13, 1, 15, 1, 0, 1]);
        var photo = await ProcessedPhoto.AddAsync(_host, ExifBlock.Put(jpeg, exif.Tiff()), 1600, 1200, _box);

        await RunAsync(photo.Stored);

        foreach (var column in new[] { "rectangle", "zoom_in" })
        {
            var bytes = await FileAsync(column);
            Assert.Equal(new PhotoExif(null, null, null, null, null), _host.Get<PhotoDecoder>().ReadExif(bytes, "picture"));
            Assert.Equal(-1, bytes.AsSpan().IndexOf("Exif"u8));
        }
    }

    [Fact]
    public async Task The_same_message_again_makes_no_second_file()
    {
        var photo = await ProcessedPhoto.AddAsync(_host, Spot(1600, 1200, _box), _box);
        await RunAsync(photo.Stored);
        var first = await KeyAsync("rectangle");

        await RunAsync(photo.Stored);

        Assert.Equal(first, await KeyAsync("rectangle"));
        Assert.Equal((1, 1), (await _host.FilesAsync(MediaBucket.Rectangles), await _host.FilesAsync(MediaBucket.ZoomIns)));
    }

    [Fact]
    public async Task Of_two_that_work_at_once_the_second_takes_its_file_back()
    {
        var photo = await ProcessedPhoto.AddAsync(_host, Spot(1600, 1200, _box), _box);
        var pictures = _host.Get<FacePictures>();
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => pictures.StoreAsync(photo.Photo, photo.Face, FacePicture.Rectangle, default)));

        foreach (var effects in both)
        {
            await _host.Database.WriteAsync(session => effects.ApplyAsync(session, _host.Get<IOutbox>()));
            await effects.FinishAsync();
        }

        Assert.Equal(1, await _host.FilesAsync(MediaBucket.Rectangles));
        _ = await PictureAsync("rectangle");
    }

    [Fact]
    public async Task What_a_crash_left_is_swept_and_what_a_face_names_is_not()
    {
        var photo = await ProcessedPhoto.AddAsync(_host, Spot(1600, 1200, _box), _box);
        await RunAsync(photo.Stored, commit: false);
        await RunAsync(photo.Stored);
        Assert.Equal(2, await _host.FilesAsync(MediaBucket.Rectangles));

        var named = (await _host.Database.ReadAsync(new RecognitionMedia().RowsAsync)).Select(row => row.Media).ToList();

        Assert.Contains(new MediaKey((await KeyAsync("rectangle"))!), named);
        Assert.Contains(new MediaKey((await KeyAsync("zoom_in"))!), named);
        Assert.Single(await _host.Media.ListAsync(MediaBucket.Rectangles, default), file => !named.Contains(file.Key));
    }

    [Theory]
    [InlineData("DELETE FROM faces; DELETE FROM bounding_boxes; DELETE FROM searches; DELETE FROM photos")]
    [InlineData("UPDATE photos SET state = 'erased', media = NULL")]
    [InlineData("UPDATE photos SET state = 'failed'")]
    [InlineData("DELETE FROM faces")]
    public async Task Of_a_face_that_is_gone_no_picture_is_made(string gone)
    {
        var photo = await ProcessedPhoto.AddAsync(_host, Spot(1600, 1200, _box), _box);
        await _host.ExecuteAsync(gone);

        await RunAsync(photo.Stored);

        Assert.Equal((0, 0), (await _host.FilesAsync(MediaBucket.Rectangles), await _host.FilesAsync(MediaBucket.ZoomIns)));
    }

    [Fact]
    public async Task Of_a_photo_whose_file_is_gone_no_picture_is_made_and_nothing_fails()
    {
        var photo = await ProcessedPhoto.AddAsync(_host, Spot(1600, 1200, _box), _box);
        await _host.Media.DeleteAsync(photo.File, default);

        await RunAsync(photo.Stored);

        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Rectangles));
        Assert.Null(await _host.Get<FacePictures>().GetAsync(photo.Photo, photo.Face, FacePicture.Rectangle, default));
    }

    [Fact]
    public async Task Who_asks_before_the_picture_is_stored_gets_it_at_once()
    {
        var photo = await ProcessedPhoto.AddAsync(_host, Spot(1600, 1200, _box), _box, stored: false);

        var jpeg = await _host.Get<FacePictures>().GetAsync(photo.Photo, photo.Face, FacePicture.Rectangle, default);

        var pixels = _host.Get<PhotoDecoder>().Decode(jpeg, "crop");
        Assert.Equal((120, 91), (pixels.Width, pixels.Height));
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Rectangles));
    }

    [Fact]
    public async Task Who_asks_after_it_was_stored_gets_that_one_and_a_new_one_when_its_file_is_gone()
    {
        var photo = await ProcessedPhoto.AddAsync(_host, Spot(1600, 1200, _box), _box);
        await RunAsync(photo.Stored);
        var stored = await FileAsync("zoom_in");

        Assert.Equal(stored, await AskAsync());
        await _host.Media.DeleteAsync(new MediaKey((await KeyAsync("zoom_in"))!), default);
        Assert.Equal(stored, await AskAsync());

        async Task<byte[]?> AskAsync() => await _host.Get<FacePictures>().GetAsync(photo.Photo, photo.Face, FacePicture.ZoomIn, default);
    }

    [Fact]
    public async Task A_large_face_is_shown_whole_and_600_pixels_wide()
    {
        var box = new Box(400, 100, 800, 1000);
        var photo = await ProcessedPhoto.AddAsync(_host, Spot(1600, 1200, box), box);

        await RunAsync(photo.Stored);

        var zoom = await PictureAsync("zoom_in");
        Assert.Equal((600, 450), (zoom.Width, zoom.Height));
        Assert.All(new[] { (155, 45), (445, 405) }, at => Assert.True(IsRed(zoom, at)));
        Assert.All(new[] { (140, 225), (460, 225), (300, 30), (300, 420) }, at => Assert.False(IsRed(zoom, at)));
    }

    /// <summary>Runs the two boxes that make pictures.</summary>
    /// <param name="commit">False: they die before their effects are committed.</param>
    private async Task RunAsync(FaceStored message, bool commit = true)
    {
        foreach (IStep<FaceStored> step in new IStep<FaceStored>[] { _host.Get<StoreRectangles>(), _host.Get<StoreZoomIn>() })
        {
            var effects = await step.HandleAsync(message, default);
            if (!commit)
                continue;
            await _host.Database.WriteAsync(session => effects.ApplyAsync(session, _host.Get<IOutbox>()));
            await effects.FinishAsync();
        }
    }

    private static Pixels Spot(int width, int height, Box box) => DrawnPhotos.Draw(
        width, height, (x, y) => x >= box.X && x < box.Right && y >= box.Y && y < box.Bottom ? DrawnPhotos.Red : DrawnPhotos.Blue);

    private static bool IsRed(Pixels pixels, (int X, int Y) at) => pixels.Rgb[((at.Y * pixels.Width) + at.X) * 3] > 128;

    private Task<string?> KeyAsync(string column) => _host.ScalarAsync<string>($"SELECT {column} FROM faces");

    private async Task<byte[]> FileAsync(string column) => await _host.Media.GetAsync(new MediaKey((await KeyAsync(column))!), default);

    private async Task<Pixels> PictureAsync(string column) => _host.Get<PhotoDecoder>().Decode(await FileAsync(column), column);
}
