using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Channels;

public sealed class BotFrameworkTests : IAsyncLifetime
{
    private BotServer _server = null!;
    private BotFrameworkChat _chat = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync();
        _chat = await BotFrameworkChat.StartAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _chat.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_first_message_is_greeted_even_when_the_chat_did_not_say_that_it_was_opened()
    {
        await _chat.SayAsync("1", "so what?", []);
        Assert.Contains("Hello! I am Atmosphere", (await _chat.HearAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "{}", 415)]
    [InlineData("application/json", "{", 400)]
    [InlineData("application/json", "[]", 400)]
    [InlineData("application/json", "null", 400)]
    [InlineData("application/json", "{}", 400)]
    [InlineData("application/json", """{"type":"message"}""", 400)]
    [InlineData("application/json", """{"type":"message","conversation":{"id":"1"}}""", 400)]
    [InlineData("application/json", """{"type":"message","conversation":{"id":"1"},"serviceUrl":"nonsense"}""", 400)]
    [InlineData("application/json", """{"type":"message","attachments":[{"content":{"$type":"MemoryStream"}}]}""", 400)]
    [InlineData("application/json", """{"type":"message","timestamp":"yesterday"}""", 400)]
    [InlineData("application/json", """{"type":"message","conversation":{"id":"1"},"serviceUrl":"https://smba.example/"}""", 403)]
    [InlineData("application/json", """{"type":"message","conversation":{"id":"1"},"serviceUrl":"http://127.0.0.1@evil.example/"}""", 403)]
    public async Task What_is_no_activity_for_this_machine_is_refused_with_a_sentence(string type, string body, int status)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await http.PostAsync(new Uri(_server.Address, "/api/messages"), content);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.EndsWith(".", $"{(await response.Content.ReadFromJsonAsync<JsonNode>())!["detail"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.ExpectContinue = true;
        using var content = new StringContent($$"""{"type":"message","text":"{{new string('x', 40_000_000)}}"}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(_server.Address, "/api/messages"), content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("typing")]
    [InlineData("invoke")]
    [InlineData("messageReaction")]
    [InlineData("event")]
    public async Task What_needs_no_answer_is_taken_politely(string type)
    {
        using var response = await _chat.TryPostAsync(_chat.Activity(type, "1"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM turns"));
    }

    [Fact]
    public async Task With_expectReplies_the_answers_come_in_the_response_and_again_when_it_was_lost()
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var response = await _chat.TryPostAsync(_chat.Activity("message", "1", activity =>
            {
                activity["text"] = "help";
                activity["deliveryMode"] = "expectReplies";
            }));
            var reply = Assert.Single((await response.Content.ReadFromJsonAsync<JsonNode>())!["activities"]!.AsArray());
            Assert.Contains("I find your child", $"{reply!["text"]}", StringComparison.Ordinal);
            Assert.Equal("1", $"{reply["replyToId"]}");
            Assert.Equal(_chat.Conversation, $"{reply["conversation"]!["id"]}");
            Assert.Equal("plain", $"{reply["textFormat"]}");
        }

        Assert.Equal(0, await _chat.CountAsync());
    }

    [Fact]
    public async Task A_photo_is_fetched_from_this_machine_with_its_redirects_and_from_nowhere_else()
    {
        await using var files = await LocalVendor.StartAsync(async context =>
        {
            switch (context.Request.Path)
            {
                case "/photo":
                    await context.Response.Body.WriteAsync(TranscriptFiles.Read("noa-1.jpg"));
                    break;
                case "/moved":
                    context.Response.Redirect("/photo");
                    break;
                case "/away":
                    context.Response.Redirect("http://169.254.169.254/secret");
                    break;
                case "/circle":
                    context.Response.Redirect("/circle");
                    break;
                case "/huge":
                    for (var megabyte = 0; megabyte < 27; megabyte++)
                        await context.Response.Body.WriteAsync(new byte[1_048_576]);
                    break;
                default:
                    context.Response.StatusCode = 404;
                    break;
            }
        });
        await _chat.OpenAsync();
        _ = await _chat.HearAsync();
        foreach (var (path, answer) in new[]
        {
            ("away", "could not fetch"), ("circle", "could not fetch"), ("gone", "could not fetch"), ("huge", "too large"),
            ("photo", "What is the name"), ("moved", "What is the name"),
        })
        {
            await SendAsync(new Uri(files.Address, path).ToString(), path);
            Assert.Contains(answer, (await _chat.HearAsync()).Text, StringComparison.Ordinal);
        }

        await SendAsync("http://192.0.2.1/photo", "elsewhere");
        Assert.Contains("could not fetch", (await _chat.HearAsync()).Text, StringComparison.Ordinal);
        await SendAsync("file:///etc/passwd", "local");
        Assert.Contains("could not fetch", (await _chat.HearAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_types_before_it_looks_at_a_photo_and_only_then()
    {
        await _chat.SayAsync("1", "help", []);
        _ = await _chat.HearAsync();
        Assert.Empty(_chat.Typing);
        await _chat.SayAsync("2", "", ["noa-1.jpg"]);
        _ = await _chat.HearAsync();
        var typing = Assert.Single(_chat.Typing);
        Assert.Equal(_chat.Conversation, $"{typing["conversation"]!["id"]}");
        Assert.Equal("parent", $"{typing["recipient"]!["id"]}");

        using var response = await _chat.TryPostAsync(_chat.Activity("message", "3", activity =>
        {
            activity["deliveryMode"] = "expectReplies";
            activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "image/jpeg", ["contentUrl"] = "data:image/jpeg;base64,AAAA" });
        }));
        Assert.Single((await response.Content.ReadFromJsonAsync<JsonNode>())!["activities"]!.AsArray());
        Assert.Single(_chat.Typing);
    }

    [Fact]
    public async Task A_channel_that_takes_no_typing_gets_the_answer_all_the_same()
    {
        var texts = new List<string>();
        await using var channel = await LocalVendor.StartAsync(async context =>
        {
            var activity = (await context.Request.ReadFromJsonAsync<JsonNode>())!;
            if ($"{activity["type"]}" == "typing")
                context.Response.StatusCode = 500;
            else
                texts.Add($"{activity["text"]}");
        });
        using var response = await _chat.TryPostAsync(_chat.Activity("message", "1", activity =>
        {
            activity["serviceUrl"] = channel.Address.ToString();
            activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "image/jpeg", ["contentUrl"] = "data:image/jpeg;base64,AAAA", ["name"] = "a.jpg" });
        }));
        await Eventually.TrueAsync(() => texts.Count == 1, "the answer came");
        Assert.Contains("is not a photo", texts[0], StringComparison.Ordinal);
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM dead_letters"));
    }

    [Fact]
    public async Task A_reply_is_addressed_as_a_new_message_of_the_bot_to_the_conversation()
    {
        var calls = new List<(string Path, JsonNode Activity)>();
        await using var channel = await LocalVendor.StartAsync(async context =>
        {
            calls.Add(($"{context.Request.Method} {context.Request.Path}", (await context.Request.ReadFromJsonAsync<JsonNode>())!));
            // No id, as the SDK would like it: the message is taken all the same.
            await context.Response.WriteAsync("taken");
        });
        using var response = await _chat.TryPostAsync(_chat.Activity("message", "1", activity =>
        {
            activity["text"] = "help";
            activity["serviceUrl"] = channel.Address.ToString();
        }));
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE state = 'sent'") == 1, "it was sent");
        var (path, reply) = Assert.Single(calls);
        Assert.Equal($"POST /v3/conversations/{_chat.Conversation}/activities", path);
        Assert.Null(reply["replyToId"]);
        Assert.Equal(["bot", "Atmosphere", "bot"], [$"{reply["from"]!["id"]}", $"{reply["from"]!["name"]}", $"{reply["from"]!["role"]}"]);
        Assert.Equal("parent", $"{reply["recipient"]!["id"]}");
        Assert.Equal(_chat.Conversation, $"{reply["conversation"]!["id"]}");
        Assert.Equal("plain", $"{reply["textFormat"]}");
    }

    [Fact]
    public async Task Nulls_in_lists_are_passed_over()
    {
        using var opened = await _chat.TryPostAsync(_chat.Activity(
            "conversationUpdate", "1", activity => activity["membersAdded"] = new JsonArray(null, new JsonObject { ["id"] = "parent" })));
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        using var said = await _chat.TryPostAsync(_chat.Activity(
            "message", "2", activity => activity["attachments"] = new JsonArray((JsonNode?)null)));
        Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        Assert.Equal(2, await _server.QueryAsync<long>("SELECT COUNT(*) FROM turns"));
    }

    [Fact]
    public async Task In_a_group_nothing_is_said()
    {
        using var response = await _chat.TryPostAsync(_chat.Activity("message", "1", activity =>
        {
            activity["text"] = "help";
            activity["conversation"]!["isGroup"] = true;
            activity["deliveryMode"] = "expectReplies";
        }));
        Assert.Empty((await response.Content.ReadFromJsonAsync<JsonNode>())!["activities"]!.AsArray());
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM turns"));
    }

    [Fact]
    public async Task A_refused_reply_is_given_up_and_a_busy_channel_is_asked_again()
    {
        var answers = new Queue<int>([503, 429, 200, 403, 200]);
        var taken = new List<string>();
        await using var channel = await LocalVendor.StartAsync(async context =>
        {
            var text = $"{(await context.Request.ReadFromJsonAsync<JsonNode>())!["text"]}";
            var answer = answers.Dequeue();
            if (answer == 200)
                taken.Add(text);
            context.Response.StatusCode = answer;
        });
        foreach (var (id, text) in new[] { ("1", "help"), ("2", "my children"), ("3", "help") })
        {
            using var response = await _chat.TryPostAsync(_chat.Activity("message", id, activity =>
            {
                activity["text"] = text;
                activity["serviceUrl"] = channel.Address.ToString();
            }));
            Assert.True(response.IsSuccessStatusCode);
        }

        await Eventually.TrueAsync(() => answers.Count == 0 && taken.Count == 2, "the channel has taken what it wanted");
        Assert.All(taken, text => Assert.Contains("I find your child", text, StringComparison.Ordinal));
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE state = 'sent'") == 2, "two were sent");
        Assert.Equal(1, await _server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE state = 'refused'"));
    }

    [Fact]
    public async Task Names_words_and_addresses_of_pictures_are_in_no_log()
    {
        await _chat.OpenAsync();
        _ = await _chat.HearAsync();
        await _chat.SayAsync("1", "add child", []);
        await _chat.SayAsync("2", "Rumpelstiltskin", []);
        await _chat.SayAsync("3", "", ["four.jpg"]);
        for (var line = 0; line < 3; line++)
            _ = await _chat.HearAsync();
        var lines = _server.Log.Lines.Where(line => !line.Contains("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.Contains("Rumpelstiltskin", StringComparison.OrdinalIgnoreCase) || line.Contains("four.jpg", StringComparison.Ordinal) || line.Contains("/pictures/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_said_is_forgotten_when_it_is_answered_and_a_cancelled_photo_is_deleted()
    {
        await _chat.SayAsync("1", "add child", []);
        await _chat.SayAsync("2", "Noa", []);
        await _chat.SayAsync("3", "", ["four.jpg"]);
        for (var line = 0; line < 3; line++)
            _ = await _chat.HearAsync();
        Assert.Equal(2, _server.FilesIn("training").Length);
        await _chat.SayAsync("4", "cancel", []);
        _ = await _chat.HearAsync();
        await Eventually.TrueAsync(() => _server.FilesIn("training").Length == 0, "the photo and the picture of it are deleted");
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM uploads") == 0, "no row names them");
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM turns WHERE body IS NOT NULL"));
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM conversations WHERE state LIKE '%Noa%'"));
    }

    private async Task SendAsync(string url, string id)
    {
        using var response = await _chat.TryPostAsync(_chat.Activity("message", id, activity => activity["attachments"] = new JsonArray(
            new JsonObject { ["contentType"] = "image/jpeg", ["contentUrl"] = url, ["name"] = "photo.jpg" })));
        Assert.True(response.IsSuccessStatusCode);
    }
}
