using System.Net;
using System.Net.Http.Json;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>What asks for no password is for this machine, and for nobody as soon as strangers can reach the server.</summary>
public sealed class DoorsWithoutAPassword
{
    private const string WhatsApp = "Atmosphere:Channels:WhatsApp";
    private const string Slack = "Atmosphere:Channels:Slack";

    private static readonly (string Method, string Path)[] _doors =
        [("GET", "/"), ("GET", "/playground/chat.js"), ("POST", "/v3/directline/tokens/generate"), ("POST", "/v3/directline/conversations"), ("POST", "/api/messages")];

    /// <summary>A channel, and all that it needs to start.</summary>
    public static TheoryData<string, string[]> Channels => new()
    {
        { "Atmosphere:PublicUrl", ["Atmosphere:PublicUrl=https://bot.example.org"] },
        { $"{WhatsApp}:Waha", [$"{WhatsApp}:Waha:BaseUrl=http://127.0.0.1:9/", $"{WhatsApp}:Waha:HmacKey=a-key-of-the-webhook"] },
        { $"{WhatsApp}:Container:Key", [$"{WhatsApp}:Container:Key=a-key-of-the-container"] },
        {
            $"{WhatsApp}:Twilio", [
                $"{WhatsApp}:Twilio:AccountSid=AC0123456789abcdef0123456789abcdef", $"{WhatsApp}:Twilio:AuthToken=token",
                $"{WhatsApp}:Twilio:TrustForwardedHeaders=true", $"{WhatsApp}:Twilio:Proxies:0=10.0.0.1"]
        },
        { Slack, [$"{Slack}:BotToken=xoxb-1", $"{Slack}:SigningSecret=00000000000000000000000000000000", $"{Slack}:Channel=C0123456789", $"{Slack}:ApiBaseUrl=http://127.0.0.1:9/"] },
    };

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task A_channel_shuts_them_even_for_who_looks_like_this_machine(string opens, string[] settings)
    {
        await using var server = await BotServer.StartAsync(null, [.. settings.Select(setting => (setting.Split('=', 2)[0], setting.Split('=', 2)[1]))]);
        foreach (var (method, path) in _doors)
        {
            using var response = await SendAsync(server, method, path);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, response.StatusCode));
            Assert.Contains(opens, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task They_are_no_way_in_for_a_proxy()
    {
        await using var server = await BotServer.StartAsync();
        string[] headers =
        [
            "Forwarded", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Scheme", "X-Real-IP", "CF-Connecting-IP", "CF-Ray", "cf-visitor",
            "Via", "True-Client-IP",
        ];
        foreach (var (method, path) in _doors)
        {
            foreach (var header in headers)
            {
                using var response = await SendAsync(server, method, path, header);
                Assert.Equal((path, header, HttpStatusCode.Forbidden), (path, header, response.StatusCode));
            }
        }
    }

    [Fact]
    public async Task Everything_the_page_is_made_of_says_how_a_browser_may_use_it()
    {
        await using var server = await BotServer.StartAsync();
        foreach (var path in new[] { "/", "/playground/playground.css", "/playground/chat.css", "/playground/playground.js", "/playground/chat.js", "/playground/direct-line.js", "/playground/atmosphere.svg" })
        {
            using var response = await SendAsync(server, "GET", path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal((path, "nosniff"), (path, One(response, "X-Content-Type-Options")));
            Assert.Equal((path, "no-referrer"), (path, One(response, "Referrer-Policy")));
            Assert.StartsWith("default-src 'none'", One(response, "Content-Security-Policy"), StringComparison.Ordinal);
        }
    }

    private static string One(HttpResponseMessage response, string header) => response.Headers.TryGetValues(header, out var values) ? Assert.Single(values) : "";

    private static async Task<HttpResponseMessage> SendAsync(BotServer server, string method, string path, string? header = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address, path));
        if (method == "POST")
            request.Content = JsonContent.Create(new { type = "message" });
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, "203.0.113.9");
        return await http.SendAsync(request);
    }
}
