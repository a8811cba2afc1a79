using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Attacks that came to nothing, so that none of them comes back: one row an attack.</summary>
public sealed class HeldAttacks
{
    private const string Refused = "^HTTP/1.1 (400|403|404|421|501) ";

    /// <summary>What is wrong with a request, and its head; {0} is the server's own host and port.</summary>
    private static readonly (string Attack, string[] Head)[] _heads =
    [
        ("another name", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: atmosphere.example"]),
        ("a name that begins like ours", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: 127.0.0.1.example"]),
        ("localhost of somebody", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: localhost.example:80"]),
        ("a name before ours", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: evil.example@127.0.0.1"]),
        ("a name that resolves here", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: 127.0.0.1.nip.io"]),
        ("no name", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: "]),
        ("no Host at all", ["POST /v3/directline/tokens/generate HTTP/1.1"]),
        ("two names", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Host: evil.example"]),
        ("another name in the target", ["POST http://evil.example/v3/directline/tokens/generate HTTP/1.1", "Host: evil.example"]),
        ("a page of another site", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Origin: https://evil.example"]),
        ("a page of nowhere", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Origin: null"]),
        ("a page of localhost.evil.example", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Origin: http://localhost.evil.example"]),
        ("a page of somebody at localhost", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Origin: http://evil.example@localhost"]),
        ("two pages", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Origin: http://localhost", "Origin: https://evil.example"]),
        ("two lengths", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Content-Length: 0", "Content-Length: 5"]),
        ("a length below zero", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Content-Length: -1"]),
        ("an unknown coding", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Transfer-Encoding: xchunked"]),
        ("chunks that do not come last", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Transfer-Encoding: chunked, identity"]),
        ("a space before the colon", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "Content-Length : 5"]),
        ("a folded header", ["POST /v3/directline/tokens/generate HTTP/1.1", "Host: {0}", "X-Note: a", " b: c"]),
        ("a way out of the folder", ["GET /playground/../../atmosphere.db HTTP/1.1", "Host: {0}"]),
        ("the same, escaped", ["GET /playground/%2e%2e/%2e%2e/secrets/data.key HTTP/1.1", "Host: {0}"]),
        ("the same by a picture", ["GET /pictures/..%2f..%2fsecrets%2fsigning.key HTTP/1.1", "Host: {0}"]),
    ];

    [Fact]
    public async Task Heads_that_are_not_what_they_seem()
    {
        await using var server = await BotServer.StartAsync();
        foreach (var (attack, head) in _heads)
        {
            using var request = await RawRequest.SendAllAsync(server, [.. head.Select(line => line.Replace("{0}", server.Address.Authority, StringComparison.Ordinal))]);
            Assert.True(Regex.IsMatch(await request.AnswerAsync($"{attack} is answered"), Refused), $"{attack}: {request.Answer}");
        }
    }

    [Fact]
    public async Task A_request_inside_another_is_judged_by_itself()
    {
        await using var server = await BotServer.StartAsync();
        var inside = "POST /v3/directline/tokens/generate HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n";
        using var request = await RawRequest.SendAllAsync(
            server, "GET /healthz/live HTTP/1.1", $"Host: {server.Address.Authority}", $"Content-Length: {inside.Length + 5}", "Transfer-Encoding: chunked");
        await request.SendAsync(Encoding.ASCII.GetBytes("0\r\n\r\n" + inside));

        var answers = await request.EverythingAsync("both are answered, or neither");
        Assert.DoesNotContain("\"token\"", answers, StringComparison.Ordinal);
        Assert.DoesNotMatch("HTTP/1.1 200 [^\0]*HTTP/1.1 200 ", answers);
    }

    [Fact]
    public async Task A_token_of_one_chat_in_another()
    {
        await using var server = await BotServer.StartAsync();
        await using var mine = new DirectLineChat(server);
        await using var other = new DirectLineChat(server);
        await mine.OpenAsync();
        await other.OpenAsync();
        _ = await other.HearAsync();
        var turns = await server.QueryAsync<long>("SELECT COUNT(*) FROM turns");
        using var http = new HttpClient();
        foreach (var token in new[] { mine.Token, $"{mine.Token.Split('.')[0]}.{other.Token.Split('.')[1]}", $"{other.Token.Split('.')[0]}.{mine.Token.Split('.')[1]}", other.Token[..^1], "", "null" })
        {
            foreach (var (method, path) in new[] { ("GET", "activities"), ("POST", "activities"), ("POST", "upload?userId=parent"), ("GET", "stream") })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), other.Address(path));
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
                if (method == "POST")
                    request.Content = JsonContent.Create(new { type = "message", text = "forget me", from = new { id = "parent" } });
                using var response = await http.SendAsync(request);
                Assert.True(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{method} {path}: {response.StatusCode}");
            }
        }

        Assert.Equal(turns, await server.QueryAsync<long>("SELECT COUNT(*) FROM turns"));
        Assert.Equal(1, await other.CountAsync());
    }

    [Theory]
    [InlineData("page.jpg", "image/jpeg", "<html><script>alert(1)</script></html>")]
    [InlineData("picture.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("both.gif", "image/gif", "GIF89a/*\u0001*/=1;alert(1)//<script>alert(1)</script>")]
    [InlineData("both.pdf.jpg", "image/jpeg", "%PDF-1.4 <script>alert(1)</script>")]
    public async Task A_file_that_is_two_things(string name, string type, string content)
    {
        await using var server = await BotServer.StartAsync();
        await using var chat = new DirectLineChat(server);
        await chat.OpenAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", chat.Token);
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Encoding.Latin1.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(file, "file", name);
        using var uploaded = await http.PostAsync(chat.Address("upload?userId=parent"), form);
        uploaded.EnsureSuccessStatusCode();

        var link = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var set = (await http.GetFromJsonAsync<JsonNode>(chat.Address("activities")))!;
                link = $"{set["activities"]!.AsArray().Select(activity => activity!["attachments"]?.AsArray().FirstOrDefault()?["contentUrl"]).FirstOrDefault(url => url is not null)}";
                return link.Length > 0;
            },
            "the upload is in the history");
        using var shown = await http.GetAsync(new Uri(server.Address, new Uri(server.Address, link).PathAndQuery));
        // Gone is right, too: what is no photo is not kept.
        if (shown.StatusCode == HttpStatusCode.OK)
        {
            Assert.Equal("nosniff", Assert.Single(shown.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("sandbox", Assert.Single(shown.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Contains(shown.Content.Headers.ContentType?.MediaType, new[] { "application/octet-stream", "image/jpeg", "image/png", "image/gif", "image/webp" });
        }
    }

    [Fact]
    public async Task A_webhook_that_is_sent_again()
    {
        var whatsApp = new RecordedWhatsApp();
        await using var server = await BotServer.StartAsync(whatsApp.Replace, TwilioWebhook.Settings());
        using var twilio = new TwilioWebhook(server);
        var genuine = twilio.Message("hello");
        for (var time = 0; time < 5; time++)
            await twilio.SayAsync(genuine);
        _ = await whatsApp.HearAsync(1);
        await Eventually.TrueAsync(async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM turns WHERE handled_at IS NULL") == 0, "everything is handled");
        Assert.Equal(1, await server.QueryAsync<long>("SELECT COUNT(*) FROM turns"));
        Assert.Single(whatsApp.Said);
    }
}
