using System.Net;
using System.Net.Http.Json;
using System.Text;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Imaging;

namespace Atmosphere.Bot.Tests.Channels.Stations;

/// <summary>What the door for stations takes, and what it says to the rest.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private StationAtTheDoor _station = null!;

    public async ValueTask InitializeAsync() => _station = await StationAtTheDoor.StartAsync(
        settings: [("Atmosphere:Channels:Stations:MaxImages", "30"), ("Atmosphere:PublicUrl", "https://photos.example")]);

    public async ValueTask DisposeAsync() => await _station.DisposeAsync();

    [Fact]
    public async Task An_image_is_accepted_with_an_id_and_a_place_to_ask_also_where_the_server_is_public()
    {
        var answer = await _station.PostAsync("first", StationAtTheDoor.Picture());

        Assert.Equal(202, answer.Status);
        Assert.Equal("application/json", answer.Type);
        Assert.Equal($"/api/photos/{Assert.Single(answer.Images)}", answer.Location);
        var photo = await _station.GetAsync(answer.Location!);
        Assert.Equal((200, "class"), (photo.Status, photo.Body.GetProperty("group").GetString()));
        Assert.Equal(_station.Station.Id.Value, await _station.Server.QueryAsync<string>("SELECT client_id FROM photos"));
    }

    [Fact]
    public async Task Twenty_five_images_come_in_one_request_in_their_order()
    {
        var answer = await _station.PostAsync("many", [.. Enumerable.Range(0, 25).Select(StationAtTheDoor.Picture)]);

        Assert.Equal(202, answer.Status);
        Assert.Equal(25, answer.Images.Distinct().Count());
        Assert.Equal(25, await _station.CountAsync("photos"));
        Assert.Equal("a.jpg", answer.Body.GetProperty("photos")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task More_images_than_are_allowed_are_refused_and_those_before_them_are_accepted()
    {
        var answer = await _station.PostAsync("too many", [.. Enumerable.Range(0, 31).Select(StationAtTheDoor.Picture)]);

        answer.AssertProblem(HttpStatusCode.RequestEntityTooLarge, "At most 30 images");
        Assert.Equal(30, answer.Images.Length);
    }

    [Fact]
    public async Task A_bad_image_does_not_keep_its_siblings_out()
    {
        var answer = await _station.PostAsync("mixed",
        [
            ("good.png", StationAtTheDoor.Picture(1)), ("letter.jpg", "Dear parents"u8.ToArray()), ("empty.jpg", []),
            ("large.jpg", new byte[30 * 1024 * 1024]), ("better.png", StationAtTheDoor.Picture(2)),
        ]);

        Assert.Equal(202, answer.Status);
        Assert.Equal(["415", "422", "413"], answer.Images[1..4]);
        Assert.Equal(3, answer.Body.GetProperty("refused").GetInt32());
        Assert.Equal(2, await _station.CountAsync("photos"));
        Assert.Equal(2, _station.Server.FilesIn("unprocessed").Length);
    }

    [Theory]
    [InlineData("letter.jpg", 415, "letter.jpg is a text file")]
    [InlineData("empty.jpg", 422, "empty.jpg is empty")]
    [InlineData("broken.jpg", 422, "broken.jpg is a JPEG photo, but it is damaged")]
    [InlineData("document.pdf", 415, "document.pdf is a PDF document")]
    [InlineData("large.jpg", 413, "large.jpg is too large: 30 MB, and at most 25 MB")]
    [InlineData("bomb.png", 413, "bomb.png has too many pixels: 30000 x 30000")]
    public async Task A_file_that_is_no_photo_is_refused_with_its_name_and_the_reason(string name, int status, string words)
    {
        byte[] bytes = name switch
        {
            "letter.jpg" => "Dear parents"u8.ToArray(),
            "empty.jpg" => [],
            "broken.jpg" => [0xFF, 0xD8],
            "document.pdf" => "%PDF-1.7 something"u8.ToArray(),
            "bomb.png" => DrawnPhotos.Png(30000, 30000, 1, 0, new byte[3750]),
            _ => new byte[30 * 1024 * 1024],
        };

        (await _station.PostAsync("one", [(name, bytes)])).AssertProblem((HttpStatusCode)status, words);
        Assert.Equal((0, 0), (await _station.CountAsync("inbox"), _station.Server.FilesIn("unprocessed").Length));
    }

    [Fact]
    public async Task A_HEIC_photo_of_an_iPhone_is_taken()
    {
        var bytes = await File.ReadAllBytesAsync(SharedPhotos.Path("odd", "immich_IMG_2682.heic"));

        Assert.Equal(202, (await _station.PostAsync("iphone", [("IMG_2682.heic", bytes)])).Status);
        Assert.Equal(1, await _station.CountAsync("inbox"));
    }

    [Theory]
    [InlineData("made_text.jpg", 415)]
    [InlineData("made_sof_65500x65500.jpg", 413)]
    [InlineData("made_bomb_20000x20000_rgb.png", 413)]
    [InlineData("made_sof_0x0.jpg", 422)]
    public async Task Odd_photos_of_the_world_are_refused(string file, int status)
    {
        var bytes = await File.ReadAllBytesAsync(SharedPhotos.Path("odd", file));

        (await _station.PostAsync("odd", [(file, bytes)])).AssertProblem((HttpStatusCode)status, file);
    }

    [Fact]
    public async Task When_every_image_is_refused_the_request_is_refused_and_each_says_why()
    {
        var answer = await _station.PostAsync("none", [("a.txt", "words"u8.ToArray()), ("b.jpg", [])]);

        answer.AssertProblem(HttpStatusCode.UnprocessableEntity, "None of the 2 images was accepted");
        Assert.Equal(["415", "422"], answer.Images);
    }

    [Fact]
    public async Task What_is_no_upload_is_refused_with_the_remedy()
    {
        using var json = JsonContent.Create(new { });
        using var fields = new MultipartFormDataContent { { new StringContent("words"), "image" } };
        using var bare = new ByteArrayContent(StationAtTheDoor.Picture());

        (await _station.PostAsync("json", json)).AssertProblem(HttpStatusCode.UnsupportedMediaType, "multipart/form-data");
        (await _station.PostAsync("bare", bare)).AssertProblem(HttpStatusCode.UnsupportedMediaType, "curl -F image=@photo.jpg");
        (await _station.PostAsync("fields", fields)).AssertProblem(HttpStatusCode.UnprocessableEntity, "There is no image");
        (await _station.PostAsync(new string('k', 201), StationAtTheDoor.Picture())).AssertProblem(HttpStatusCode.UnprocessableEntity, "1 to 200");
        Assert.Equal(0, await _station.CountAsync("photos"));
    }

    [Theory]
    [InlineData(null, "needs the token")]
    [InlineData("atm_wrong", "not that of any client")]
    public async Task Who_has_no_token_is_asked_for_one(string? token, string words)
    {
        using var stranger = _station.Client(token);
        using var form = StationAtTheDoor.Form(("a.png", StationAtTheDoor.Picture()));

        foreach (var answer in new[] { await _station.PostAsync("key", form, stranger), await _station.GetAsync("api/photos/1", stranger) })
        {
            answer.AssertProblem(HttpStatusCode.Unauthorized, words);
            Assert.Equal("Bearer", answer.Headers!.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task Who_is_disabled_is_refused_until_enabled_again()
    {
        await _station.EnableAsync(false);
        (await _station.PostAsync("key", StationAtTheDoor.Picture())).AssertProblem(HttpStatusCode.Forbidden, "'camera' is disabled");

        await _station.EnableAsync(true);
        Assert.Equal(202, (await _station.PostAsync("key", StationAtTheDoor.Picture())).Status);
    }

    [Fact]
    public async Task The_token_stands_in_no_log_and_in_no_file()
    {
        _ = await _station.PostAsync("Maya Miller", [("Maya.png", StationAtTheDoor.Picture()), ("Maya.txt", "words"u8.ToArray())]);
        var database = await _station.Server.QueryAsync<string>("SELECT group_concat(token_hash) FROM clients");
        var token = Encoding.UTF8.GetBytes(_station.Token);

        Assert.Equal(64, database!.Length);
        Assert.DoesNotContain(_station.Server.Log.Lines, line => line.Contains(_station.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(_station.Server.Log.Lines, line => line.Contains("Maya", StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(_station.Server.Data, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(token));
    }
}
