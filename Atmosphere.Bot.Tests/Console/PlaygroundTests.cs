using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Console.Playground;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Console;

/// <summary>The class group's phone, over HTTP.</summary>
public sealed class PlaygroundTests : IAsyncLifetime
{
    private const string Photos = "playground/groups/class/photos";

    private readonly CancellationTokenSource _limit = Eventually.Scenario();

    private BotServer _server = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync();
        _http = new HttpClient { BaseAddress = _server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _limit.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_photo_posted_twice_with_the_same_key_is_one_photo()
    {
        using var group = new GroupClient(_server.Address);
        await group.PostAsync(Sample("sample1.jpg"), "once", _limit.Token);
        await group.PostAsync(Sample("sample1.jpg"), "once", _limit.Token);

        Assert.Equal("3 faces. Nobody registered, sent to nobody.", (await group.FinishedAsync("once", _limit.Token)).Sentence);
        Assert.Equal(1, await _server.QueryAsync<int>("SELECT COUNT(*) FROM photos"));
    }

    [Fact]
    public async Task A_photo_without_faces_is_deleted_and_the_page_says_so()
    {
        using var form = Form(("landscape.png", DrawnPicture()));
        var post = Assert.Single(await PostAsync(form, HttpStatusCode.Accepted));
        using var group = new GroupClient(_server.Address);

        var finished = await group.FinishedAsync(post.GetProperty("sourceId").GetString()!, _limit.Token);

        Assert.Equal((GroupPhase.Done, "No face found; the photo is deleted."), (finished.Phase, finished.Sentence));
        await Eventually.TrueAsync(() => _server.FilesIn("unprocessed").Length == 0, "the file is gone");
    }

    [Fact]
    public async Task Several_photos_come_in_one_form()
    {
        using var form = Form(("a.jpg", await File.ReadAllBytesAsync(Sample("sample1.jpg"))), ("b.jpg", await File.ReadAllBytesAsync(Sample("sample2.jpg"))));

        Assert.Equal(["a.jpg", "b.jpg"], (await PostAsync(form, HttpStatusCode.Accepted)).Select(post => post.GetProperty("fileName").GetString()));
    }

    [Fact]
    public async Task A_file_that_is_no_photo_is_refused_with_a_sentence_that_names_it()
    {
        using var form = Form(("letter.jpg", "Dear parents"u8.ToArray()));
        using var response = await _http.PostAsync(Photos, form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("letter.jpg", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Of_a_form_with_one_bad_file_nothing_is_posted()
    {
        using var form = Form(("good.png", DrawnPicture()), ("letter.jpg", "Dear parents"u8.ToArray()));
        using var response = await _http.PostAsync(Photos, form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(0, await _server.QueryAsync<int>("SELECT COUNT(*) FROM inbox"));
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Host", "rebound.example")]
    public async Task Nobody_from_outside_this_machine_comes_in(string header, string value)
    {
        using var form = Form(("a.png", DrawnPicture()));
        using var request = new HttpRequestMessage(HttpMethod.Post, Photos) { Content = form };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Requests_that_make_no_sense_get_a_sentence()
    {
        using var empty = new MultipartFormDataContent { { new StringContent("words"), "text" } };
        using var nothing = await _http.PostAsync(Photos, empty);
        using var json = await _http.PostAsJsonAsync(Photos, new { });
        using var unknownGroup = await _http.PostAsync("playground/groups/nobody/photos", Form(("a.png", DrawnPicture())));
        using var unknownPhoto = await _http.GetAsync($"{Photos}/never");

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
            new[] { nothing, json, unknownGroup, unknownPhoto }.Select(response => response.StatusCode));
        foreach (var response in new[] { nothing, json, unknownGroup, unknownPhoto })
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_page_brings_its_own_parts_and_asks_no_other_site()
    {
        using var page = await _http.GetAsync("");
        var html = await page.Content.ReadAsStringAsync();

        Assert.DoesNotContain("http://", html);
        Assert.DoesNotContain("https://", html);
        var security = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", security);
        Assert.DoesNotContain("unsafe", security);
        Assert.DoesNotMatch("<script(?! type=\"module\" src=\"playground/)", html);
        string[] parts =
        [
            "playground.css", "chat.css", "playground.js", "chat.js", "direct-line.js", "atmosphere.svg", "samples/small/sample1.jpg",
        ];
        foreach (var part in parts)
        {
            using var response = await _http.GetAsync($"playground/{part}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private static string Sample(string name) => Path.Combine(SamplePhotos.Folder, name);

    private static byte[] DrawnPicture() => new PhotoEncoder(new ImagingOptions()).EncodePng(DrawnPhotos.Quarters(320, 240));

    private static MultipartFormDataContent Form(params (string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, "photo", name);
        }

        return form;
    }

    private async Task<JsonElement[]> PostAsync(MultipartFormDataContent form, HttpStatusCode expected)
    {
        using var response = await _http.PostAsync(Photos, form);
        Assert.Equal(expected, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement[]>())!;
    }
}
