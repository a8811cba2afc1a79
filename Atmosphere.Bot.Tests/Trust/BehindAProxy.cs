using System.Net;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>The examples of docs/proxy.md, run as they stand there before the real server.</summary>
public sealed class BehindAProxy
{
    private const string Signature = "X-Twilio-Signature";

    /// <summary>Forwards everything as a request of this machine: the worst that an administrator may write.</summary>
    private const string Careless = """
        server {
            listen 443 ssl http2;
            server_name bot.example.org;
            ssl_certificate /etc/letsencrypt/live/bot.example.org/fullchain.pem;
            ssl_certificate_key /etc/letsencrypt/live/bot.example.org/privkey.pem;
            location / {
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
                proxy_set_header Origin "";
                proxy_pass http://127.0.0.1:3978;
            }
        }
        """;

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task What_Twilio_signed_holds_and_what_is_for_this_machine_is_not_there(string program)
    {
        var whatsApp = new RecordedWhatsApp();
        await using var server = await BotServer.StartAsync(whatsApp.Replace, TwilioWebhook.Settings());
        await using var proxy = await ReverseProxy.StartAsync(program, server, ReverseProxy.Example(program));
        using var http = proxy.Client();
        using var twilio = new TwilioWebhook(server);

        var hello = twilio.Message("help");
        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, "/whatsapp/twilio", hello, TwilioWebhook.Sign(hello)));
        _ = await whatsApp.HearAsync(1);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(http, "/whatsapp/twilio", twilio.Message("help"), TwilioWebhook.Sign(hello)));

        // The signature covers the address as it was called, escapes and query included.
        const string Status = "/whatsapp/twilio/status?delivery=no%20body%2Fx&x=a%2Bb";
        var report = new Dictionary<string, string> { ["MessageSid"] = "SM1", ["AccountSid"] = TwilioWebhook.Account, ["MessageStatus"] = "sent" };
        Assert.NotEqual(HttpStatusCode.Forbidden, await PostAsync(http, Status, report, TwilioWebhook.Sign(report, address: TwilioWebhook.PublicUrl + Status)));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(http, Status, report, TwilioWebhook.Sign(report, address: TwilioWebhook.PublicUrl + "/whatsapp/twilio/status")));

        foreach (var path in new[] { "/", "/playground/chat.js", "/v3/directline/conversations/x/stream?t=1", "/scalar/v1", "/openapi/v1.json", "/healthz/ready" })
        {
            using var response = await http.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, response.StatusCode));
        }

        using (var station = await http.PostAsync("/api/faces", null))
            Assert.Equal(HttpStatusCode.Unauthorized, station.StatusCode);
        using (var microsoft = await http.PostAsync("/api/messages", null))
            Assert.Equal(HttpStatusCode.Forbidden, microsoft.StatusCode);
        using var picture = await http.GetAsync("/pictures/key-to-a-picture");
        Assert.Equal(HttpStatusCode.NotFound, picture.StatusCode);
        Assert.Equal("application/problem+json", picture.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("key-to-a-picture", proxy.Logged(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task An_unsigned_body_is_refused_before_it_is_sent_and_a_long_one_by_its_length(string program)
    {
        await using var server = await BotServer.StartAsync(null, HostileDoor.Settings);
        await using var proxy = await ReverseProxy.StartAsync(program, server, ReverseProxy.Example(program));
        using var http = proxy.Client();
        foreach (var door in HostileDoor.All.Where(door => door.Path is "/whatsapp/twilio" or "/slack/events"))
        {
            foreach (var (signature, megabytes, expected) in new (string?, int, int[])[] { (null, 30, [401, 403]), ("AAAAAAAAAAAAAAAAAAAAAAAAAAA=", 36, [401, 413]) })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, door.Path) { Content = new Unended(megabytes << 20), Version = http.DefaultRequestVersion };
                request.Content.Headers.ContentType = new(door.ContentType);
                if (signature is not null)
                    request.Headers.TryAddWithoutValidation(door.Header, signature);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                Assert.Contains((int)response.StatusCode, expected);
            }
        }
    }

    [Fact]
    public async Task A_proxy_that_forwards_everything_as_if_it_came_from_this_machine_finds_the_doors_shut()
    {
        await using var server = await BotServer.StartAsync(null, TwilioWebhook.Settings());
        await using var proxy = await ReverseProxy.StartAsync("nginx", server, Careless);
        using var http = proxy.Client();
        foreach (var path in new[] { "/", "/playground/chat.js", "/v3/directline/conversations/x/stream?t=1", "/scalar/v1", "/openapi/v1.json" })
        {
            using var response = await http.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, response.StatusCode));
        }

        using var token = await http.PostAsync("/v3/directline/tokens/generate", null);
        Assert.Equal(HttpStatusCode.Forbidden, token.StatusCode);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string path, Dictionary<string, string> form, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form), Version = http.DefaultRequestVersion };
        request.Headers.TryAddWithoutValidation(Signature, signature);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Promises a length, sends a little, and keeps the rest back.</summary>
    private sealed class Unended(long length) : HttpContent
    {
        private readonly TaskCompletionSource _never = new();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[1024]);
            await stream.FlushAsync();
            await _never.Task;
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _ = _never.TrySetCanceled();
            base.Dispose(disposing);
        }
    }
}
