using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Channels;

public sealed class LoopbackDoorTests
{
    [Theory]
    [InlineData("/api/messages")]
    [InlineData("/v3/directline/tokens/generate")]
    [InlineData("/v3/directline/conversations")]
    public async Task Only_programs_and_pages_of_this_machine_come_in(string path)
    {
        await using var server = await BotServer.StartAsync();
        using var http = new HttpClient();
        foreach (var (header, value, sentence) in new[]
        {
            ("Host", "atmosphere.example", "localhost"),
            ("Origin", "https://evil.example", "other sites"),
            ("X-Forwarded-For", "10.0.0.1", "proxy"),
            ("X-Forwarded-Host", "localhost", "proxy"),
            ("Forwarded", "for=10.0.0.1", "proxy"),
            ("Via", "1.1 proxy", "proxy"),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, path)) { Content = JsonContent.Create(new { type = "message" }) };
            request.Headers.TryAddWithoutValidation(header, value);
            using var response = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains(sentence, $"{(await response.Content.ReadFromJsonAsync<JsonNode>())!["detail"]}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_of_this_machine_may_use_Direct_Line_from_another_port()
    {
        await using var server = await BotServer.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(server.Address, "/v3/directline/conversations"));
        request.Headers.Add("Origin", "http://localhost:5500");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,x-ms-bot-agent");
        using var response = await http.SendAsync(request);
        Assert.Equal("http://localhost:5500", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("x-ms-bot-agent", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Atmosphere:PublicUrl", "https://bot.example")]
    [InlineData("Atmosphere:Channels:BotFramework:PublicUrl", "https://bot.example")]
    [InlineData("Atmosphere:Channels:WhatsApp:Twilio:PublicUrl", "https://bot.example")]
    public async Task A_public_address_closes_what_has_no_password(string key, string value)
    {
        await using var server = await BotServer.StartAsync(null, (key, value));
        using var http = new HttpClient();
        using var response = await http.PostAsync(new Uri(server.Address, "/v3/directline/tokens/generate"), null);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(key, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bot.example")]
    [InlineData("ftp://bot.example")]
    public async Task A_public_address_that_is_none_stops_the_start(string value)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => BotServer.StartAsync(null, ("Atmosphere:PublicUrl", value)));
        Assert.Contains($"Atmosphere:PublicUrl is '{value}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:3978/", true)]
    [InlineData("https://127.8.9.1", true)]
    [InlineData("http://[::1]:80/x", true)]
    [InlineData("http://localhost.example", false)]
    [InlineData("http://user@localhost", false)]
    [InlineData("ftp://localhost", false)]
    [InlineData("http://10.0.0.1", false)]
    [InlineData("localhost", false)]
    public void Only_real_loopback_names_are_taken_for_this_machine(string url, bool isHere) => Assert.Equal(isHere, LoopbackName.IsUrl(url));

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("::ffff:192.168.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::1", false)]
    [InlineData("0.0.0.0", false)]
    public void With_an_app_id_only_public_addresses_are_called(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));
}
