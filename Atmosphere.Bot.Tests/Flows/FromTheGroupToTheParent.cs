using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>The main job, with the real engine on the sample photos that come with the face networks.</summary>
public sealed class FromTheGroupToTheParent : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_photo_goes_once_to_the_parent_of_the_child_in_it()
    {
        var parent = await _host.ParentAsync("mother");
        await _host.ConnectAsync("Maya", parent, RecognitionHost.Sample(2), 1);

        var status = await _host.PostAsync("one", RecognitionHost.Sample(2));

        Assert.Equal(PhotoState.Processed, status.State);
        Assert.True(status.Faces > 1);
        Assert.Equal((1, 1, 1), (status.Recognised, status.Recipients, status.Sent));
        var notice = Assert.Single(_host.Parents.Got);
        Assert.Equal((parent, "photo.delivered", "Maya"), (notice.To, notice.Text, notice.Values["names"]));
    }

    [Fact]
    public async Task What_is_sent_is_upright_and_says_nothing_about_its_place_or_camera()
    {
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await _host.PostAsync("one", RecognitionHost.Sample(2));

        var sent = await _host.Media.GetAsync(_host.Parents.Got.Single().Picture!.Value, default);
        Assert.True(sent.AsSpan().IndexOf("Exif"u8) < 0);
        var (before, after) = (_host.Get<PhotoDecoder>().Inspect(RecognitionHost.Sample(2), "before"), _host.Get<PhotoDecoder>().Inspect(sent, "after"));
        Assert.Equal((before.Width, before.Height, 1), (after.Width, after.Height, after.Orientation));
    }

    [Fact]
    public async Task A_repeated_source_id_is_the_same_photo_and_leaves_no_second_file()
    {
        var first = await _host.PostAsync("one", RecognitionHost.Sample(2));
        var files = await _host.FilesAsync(MediaBucket.Processed);

        var again = await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "again.jpg", RecognitionHost.Sample(3), default);

        Assert.Equal(first.Photo, again);
        Assert.Equal(files, await _host.FilesAsync(MediaBucket.Processed));
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM photos"));
    }

    [Fact]
    public async Task Two_children_of_one_parent_are_named_in_one_delivery_from_left_to_right()
    {
        var parent = await _host.ParentAsync("mother");
        await _host.ConnectAsync("Ben", parent, RecognitionHost.Sample(2), 1);
        await _host.ConnectAsync("Anna", parent, RecognitionHost.Sample(2), 0);

        var status = await _host.PostAsync("one", RecognitionHost.Sample(2));

        Assert.Equal((2, 1, 1), (status.Recognised, status.Recipients, status.Sent));
        Assert.Equal("Anna, Ben", Assert.Single(_host.Parents.Got).Values["names"]);
    }

    [Fact]
    public async Task Each_parent_gets_one_photo_and_all_share_one_picture()
    {
        await _host.ConnectAsync("Anna", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 0);
        await _host.ConnectAsync("Ben", await _host.ParentAsync("father"), RecognitionHost.Sample(2), 1);

        var status = await _host.PostAsync("one", RecognitionHost.Sample(2));

        Assert.Equal((2, 2, 2), (status.Recognised, status.Recipients, status.Sent));
        Assert.Equal(["father", "mother"], _host.Parents.Got.Select(notice => notice.To.Value).Order());
        Assert.Single(_host.Parents.Got.Select(notice => notice.Picture).Distinct());
        Assert.Equal(1, await _host.FilesAsync(MediaBucket.Outbound));
    }

    [Fact]
    public async Task A_person_registered_later_does_not_get_older_photos()
    {
        await _host.PostAsync("before", RecognitionHost.Sample(2));
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await _host.PostAsync("after", RecognitionHost.Sample(2));

        Assert.Single(_host.Parents.Got);
    }

    [Fact]
    public async Task A_photo_without_faces_leaves_no_file()
    {
        var status = await _host.PostAsync("wall", RecognitionHost.Wall);

        Assert.Equal((PhotoState.Processed, 0, 0), (status.State, status.Faces, status.Recipients));
        await Fixtures.Eventually.TrueAsync(
            async () => await _host.FilesAsync(MediaBucket.Unprocessed) + await _host.FilesAsync(MediaBucket.Processed) == 0, "the file is gone");
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM photos"));
    }

    [Fact]
    public async Task A_photo_whose_pixels_are_damaged_fails_at_once_with_a_sentence()
    {
        var damaged = RecognitionHost.Sample(2)[..20_000];

        var status = await _host.PostAsync("damaged", damaged);

        Assert.Equal(PhotoState.Failed, status.State);
        Assert.Contains("damaged.jpg", status.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM dead_letters"));
    }

    [Fact]
    public async Task What_is_no_photo_or_for_nobodys_group_is_refused_at_the_door()
    {
        await Assert.ThrowsAsync<PhotoRefusedException>(
            () => _host.Photos.ReceiveAsync(RecognitionHost.Class, "text", "letter.jpg", "Dear parents"u8.ToArray(), default));
        await Assert.ThrowsAsync<Atmosphere.Recognition.Flows.Gateway.UnknownGroupException>(
            () => _host.Photos.ReceiveAsync(new GroupId("nobody"), "one", "one.jpg", RecognitionHost.Sample(2), default));

        // An operator sees what was refused, and why; nothing of the file is kept.
        Assert.Equal(PhotoState.Failed, (await _host.Photos.FindAsync(RecognitionHost.Class, "text"))!.State);
        Assert.Null(await _host.Photos.FindAsync(new GroupId("nobody"), "one"));
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Unprocessed));
    }

    [Fact]
    public async Task The_photos_a_child_was_learned_from_are_gone_as_files_and_as_rows()
    {
        var person = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);

        Assert.Contains($"connected {person} to mother", _host.Said.Words);
        await Fixtures.Eventually.TrueAsync(async () => await _host.FilesAsync(MediaBucket.Training) == 0, "the training files are gone");
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM enrolment_photos"));
        Assert.Single(await _host.Get<IFaceCollections>().ListFacesAsync(CollectionId.Of(RecognitionHost.Class), person, default));
    }
}
