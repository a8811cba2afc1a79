using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Channels.Groups;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using NetVips;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A message is more than its MIME type: stickers and view-once pictures came in as photos, and albums counted as lost photos.</summary>
public sealed class WhatIsNoPhotoIsLeftOut : IAsyncLifetime
{
    private const string Teacher = "4915100000001@c.us";

    private FakeWaha _waha = null!;
    private GroupServer _server = null!;
    private GroupId _group;

    public async ValueTask InitializeAsync()
    {
        _waha = await FakeWaha.StartAsync();
        _server = await StartAsync(_waha.Settings);
        var teacher = await _server.ParticipantAsync("+4915100000001", teacher: true);
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, Teacher, await _server.CodeAsync(teacher), "code", Now - 60));
        _group = await _server.LinkedAsync("whatsapp-waha", Class);
        _waha.Files["photo.jpg"] = RecognitionHost.Wall;
        _waha.Files["sticker.webp"] = Sticker();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _waha.DisposeAsync();
    }

    [Theory]
    [InlineData("image/webp", """{"type":"sticker"}""")]
    [InlineData("image/jpeg", """{"type":"image","isViewOnce":true}""")]
    [InlineData("image/jpeg", """{"message":{"viewOnceMessageV2":{"message":{"imageMessage":{"mimetype":"image/jpeg"}}}}}""")]
    [InlineData("image/webp", """{"Info":{"MediaType":"sticker"},"Message":{"stickerMessage":{"mimetype":"image/webp"}}}""")]
    [InlineData("video/mp4", """{"Message":{"videoMessage":{"gifPlayback":true}}}""")]
    [InlineData("image/gif", """{"type":"image"}""")]
    [InlineData("application/pdf", """{"type":"document","filename":"letter.pdf"}""")]
    public async Task Stickers_view_once_pictures_and_films_are_not_even_fetched(string type, string data)
    {
        await PostAsync("photo.jpg", type, data);
        await _server.HandledAsync();

        Assert.Empty(_waha.Fetched);
        await NothingIsTakenAsync();
    }

    [Theory]
    [InlineData("image/jpeg", """{"type":"document","filename":"IMG_1.jpg"}""")]
    [InlineData("application/octet-stream", """{"message":{"documentMessage":{"mimetype":"application/octet-stream","fileName":"IMG_1"}}}""")]
    [InlineData("image/jpeg", """{"message":{"documentWithCaptionMessage":{"message":{"documentMessage":{"mimetype":"image/jpeg"}}}}}""")]
    [InlineData("image/jpeg", """{"message":{"associatedChildMessage":{"message":{"imageMessage":{"mimetype":"image/jpeg"}}}}}""")]
    public async Task A_picture_that_is_sent_as_a_document_or_in_an_album_is_a_photo(string type, string data)
    {
        await PostAsync("photo.jpg", type, data);
        await Eventually.TrueAsync(async () => await _server.CountAsync($"inbox WHERE group_id = '{_group}'") == 1, "the photo is taken");
    }

    [Fact]
    public async Task A_sticker_that_is_told_as_a_picture_is_known_by_its_content()
    {
        await PostAsync("sticker.webp", "image/webp", "{}");
        await Eventually.TrueAsync(() => !_waha.Fetched.IsEmpty, "the file is fetched");
        await NothingIsTakenAsync();
    }

    [Theory]
    [InlineData("""{"type":"album"}""")]
    [InlineData("""{"message":{"albumMessage":{"expectedImageCount":3}}}""")]
    [InlineData("""{"Info":{"Type":"media","MediaType":"collection"},"Message":{"albumMessage":{"expectedImageCount":3}}}""")]
    public async Task An_album_is_announced_without_a_file_and_no_photo_is_lost(string data)
    {
        var message = _waha.Message(Class, Teacher, "", "album", Now);
        message["payload"]!["hasMedia"] = true;
        message["payload"]!["_data"] = JsonNode.Parse(data);
        await _waha.PostAsync(_server.Bot.Address, message);

        await NothingIsTakenAsync();
    }

    private async Task PostAsync(string file, string type, string data)
    {
        var message = _waha.Message(Class, Teacher, "", "message", Now, file, type);
        message["payload"]!["_data"] = JsonNode.Parse(data);
        Assert.Equal(200, await _waha.PostAsync(_server.Bot.Address, message));
    }

    private async Task NothingIsTakenAsync()
    {
        await _server.HandledAsync();
        await Eventually.TrueAsync(async () => await _server.CountAsync("group_files") == 0, "nothing is left to fetch");
        Assert.Equal(0, await _server.CountAsync("inbox") + await _server.CountAsync("photos"));
        Assert.Equal(0, await _server.CountAsync("notifications WHERE kind <> 'group-linked' AND kind <> 'members-hidden'"));
    }

    private static byte[] Sticker()
    {
        using var image = Image.Black(512, 512, 3);
        return image.WebpsaveBuffer(lossless: true);
    }
}
