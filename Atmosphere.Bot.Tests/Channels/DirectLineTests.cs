using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels;

public sealed class DirectLineTests : IAsyncLifetime
{
    private BotServer _server = null!;
    private DirectLineChat _chat = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync();
        _chat = new DirectLineChat(_server);
        await _chat.OpenAsync();
        _ = await _chat.HearAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _chat.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_token_opens_its_own_conversation_only()
    {
        await using var other = new DirectLineChat(_server);
        await other.OpenAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(_chat.Address("activities"), other.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(_chat.Address("activities"), _chat.Token + "x")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(_chat.Address("activities"), null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(_chat.Address("activities?watermark=x"), _chat.Token)).StatusCode);
        var own = await GetAsync(_chat.Address("activities"), _chat.Token);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal("no-store", $"{own.Headers.CacheControl}");
    }

    [Fact]
    public async Task A_refreshed_token_goes_on_after_a_restart_with_the_whole_history()
    {
        await _server.RestartAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _chat.Token);
        using var refreshed = await http.PostAsync(new Uri(_server.Address, "/v3/directline/tokens/refresh"), null);
        var token = (await refreshed.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(_chat.Conversation, $"{token["conversationId"]}");
        Assert.True((int)token["expires_in"]! > 0);
        var set = (await (await GetAsync(_chat.Address("activities"), $"{token["token"]}")).Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Contains("Hello! I am Atmosphere", $"{set["activities"]![0]!["text"]}", StringComparison.Ordinal);
        Assert.Equal($"{_chat.Conversation}|0000001", $"{set["activities"]![0]!["id"]}");
    }

    [Fact]
    public async Task The_same_message_posted_again_has_the_same_id_and_one_answer()
    {
        var ids = new HashSet<string>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _chat.Token);
            using var response = await http.PostAsJsonAsync(_chat.Address("activities"), new
            {
                type = "message",
                text = "help",
                from = new { id = "parent" },
                channelData = new { clientActivityID = "mine-1" },
            });
            ids.Add($"{(await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]}");
        }

        Assert.Single(ids);
        _ = await _chat.HearAsync();
        Assert.Equal(2, await _chat.CountAsync());
    }

    [Fact]
    public async Task Channel_data_goes_back_to_the_client_exactly_as_it_came()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _chat.Token);
        var data = new JsonObject
        {
            ["clientTimestamp"] = "2026-11-30T10:00:00.000Z",
            ["CaseStays"] = new JsonArray(1, 2.50, null, true),
            ["clientActivityID"] = "mine",
        };
        using var posted = await http.PostAsJsonAsync(
            _chat.Address("activities"), new JsonObject { ["type"] = "message", ["text"] = "2026-11-30T10:00:00Z", ["channelData"] = data.DeepClone() });
        var activity = (await http.GetFromJsonAsync<JsonNode>(_chat.Address("activities")))!["activities"]![1]!;
        Assert.True(JsonNode.DeepEquals(data, activity["channelData"]), activity.ToJsonString());
        Assert.Equal("2026-11-30T10:00:00Z", $"{activity["text"]}");
        Assert.Equal(
            ["attachments", "channelData", "channelId", "conversation", "from", "id", "text", "textFormat", "timestamp", "type"],
            activity.AsObject().Select(property => property.Key).Append("attachments").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_bare_upload_is_a_message_and_its_picture_has_a_link_that_ends()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _chat.Token);
        using var file = new ByteArrayContent(TranscriptFiles.Read("noa-1.jpg"));
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { file, "file", "noa.jpg" } };
        using var uploaded = await http.PostAsync(_chat.Address("upload?userId=parent"), form);
        Assert.Equal(HttpStatusCode.OK, uploaded.StatusCode);
        Assert.Contains("What is the name", (await _chat.HearAsync()).Text, StringComparison.Ordinal);

        var link = await PictureAsync(1);
        using var shown = await http.GetAsync(link);
        Assert.Equal("image/jpeg", shown.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", $"{shown.Headers.CacheControl}");
        Assert.Equal(TranscriptFiles.Read("noa-1.jpg"), await shown.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(link + "x")).StatusCode);

        await _chat.SayAsync("2", "cancel", []);
        await Eventually.TrueAsync(async () => (await http.GetAsync(link)).StatusCode == HttpStatusCode.Gone, "the deleted picture is gone");
    }

    [Fact]
    public async Task A_file_that_a_browser_would_run_is_only_offered_for_download()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _chat.Token);
        var page = Convert.ToBase64String(Encoding.UTF8.GetBytes("<script>alert(1)</script>"));
        using var posted = await http.PostAsJsonAsync(_chat.Address("activities"), new
        {
            type = "message",
            attachments = new[] { new { contentType = "text/html", contentUrl = $"data:text/html;base64,{page}", name = "a.jpg" } },
        });
        var link = await PictureAsync(1);
        using var shown = await http.GetAsync(link);
        if (shown.StatusCode == HttpStatusCode.OK)
            Assert.Equal("application/octet-stream", shown.Content.Headers.ContentType?.MediaType);
        Assert.Contains("sandbox", Assert.Single(shown.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("is not a photo", (await _chat.HearAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_brings_what_was_said_and_what_is_said_and_goes_on_from_a_watermark()
    {
        using var opened = await GetAsync(new Uri(_server.Address, $"/v3/directline/conversations/{_chat.Conversation}?watermark=0"), _chat.Token);
        var url = $"{(await opened.Content.ReadFromJsonAsync<JsonNode>())!["streamUrl"]}";
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(url), CancellationToken.None);
        var first = await ReceiveAsync(socket);
        Assert.Contains("Hello!", $"{first["activities"]![0]!["text"]}", StringComparison.Ordinal);
        await _chat.SayAsync("1", "help", []);
        var watermark = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var set = await ReceiveAsync(socket);
                watermark = $"{set["watermark"]}";
                return set["activities"]!.AsArray().Any(activity => $"{activity!["text"]}".Contains("I find your child", StringComparison.Ordinal));
            },
            "the answer came over the stream");
        Assert.Equal("3", watermark);
    }

    [Fact]
    public async Task The_stream_shows_that_the_bot_types_before_it_looks_at_a_photo_and_the_history_does_not()
    {
        await _chat.SayAsync("1", "add child", []);
        _ = await _chat.HearAsync();
        await _chat.SayAsync("2", "Noa", []);
        _ = await _chat.HearAsync();
        using var opened = await GetAsync(new Uri(_server.Address, $"/v3/directline/conversations/{_chat.Conversation}?watermark=5"), _chat.Token);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{(await opened.Content.ReadFromJsonAsync<JsonNode>())!["streamUrl"]}"), CancellationToken.None);
        await _chat.SayAsync("3", "", ["noa-1.jpg"]);
        var seen = new List<string>();
        var watermark = "";
        while (!seen.Contains("bot message"))
        {
            var set = await ReceiveAsync(socket);
            watermark = $"{set["watermark"]}";
            seen.AddRange(set["activities"]!.AsArray().Select(activity => $"{activity!["from"]!["role"]} {activity["type"]}"));
        }

        Assert.Equal(["user message", "bot typing", "bot message"], seen);
        Assert.Equal("7", watermark);
        var history = await (await GetAsync(_chat.Address("activities"), _chat.Token)).Content.ReadFromJsonAsync<JsonNode>();
        Assert.All(history!["activities"]!.AsArray(), activity => Assert.Equal("message", $"{activity!["type"]}"));
    }

    [Fact]
    public async Task A_notice_appears_once_however_often_it_is_sent()
    {
        var media = await _server.Services.GetRequiredService<IMediaStore>().PutAsync(MediaBucket.Outbound, TranscriptFiles.Read("noa-1.jpg"), "image/jpeg", default);
        var parent = new ParticipantId((await _server.QueryAsync<string>("SELECT id FROM participants"))!);
        var notice = new ParentNotice(new DeliveryId("delivery-1"), parent, "photo.delivered", new Dictionary<string, string> { ["names"] = "Noa" }, media);
        var parents = _server.Services.GetRequiredService<IParents>();
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.Equal(SendOutcome.Sent, await parents.SendAsync(notice, default));
        var line = await _chat.HearAsync();
        Assert.Contains("Noa", line.Text, StringComparison.Ordinal);
        Assert.Single(line.Attachments);
        Assert.Equal(2, await _chat.CountAsync());
    }

    private static async Task<JsonNode> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[100_000];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.Count > 0)
                return JsonNode.Parse(buffer.AsSpan(0, received.Count))!;
        }
    }

    private static async Task<HttpResponseMessage> GetAsync(Uri address, string? token)
    {
        using var http = new HttpClient();
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.GetAsync(address);
    }

    /// <summary>The link of the first picture after so many activities.</summary>
    private async Task<string> PictureAsync(int after)
    {
        using var response = await GetAsync(_chat.Address($"activities?watermark={after}"), _chat.Token);
        return $"{(await response.Content.ReadFromJsonAsync<JsonNode>())!["activities"]![0]!["attachments"]![0]!["contentUrl"]}";
    }
}
