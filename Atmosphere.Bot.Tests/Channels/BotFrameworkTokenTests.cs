using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels;

/// <summary>With an app id the token decides who comes in, from wherever.</summary>
public sealed class BotFrameworkTokenTests : IAsyncLifetime
{
    private readonly List<(string? Token, string Text)> _replies = [];
    private OpenIdVendor _vendor = null!;
    private LocalVendor _channel = null!;
    private BotServer _server = null!;

    public static TheoryData<string, int> Refused => new()
    {
        { "no token", 401 },
        { "no bearer", 401 },
        { "garbage", 401 },
        { "alg none", 401 },
        { "alg HS256", 401 },
        { "unknown key", 401 },
        { "other signature", 401 },
        { "other issuer", 401 },
        { "other app", 401 },
        { "expired", 401 },
        { "no expiry", 401 },
        { "not yet", 401 },
        { "other serviceurl", 403 },
        { "no serviceurl", 403 },
        { "other channel", 403 },
    };

    public async ValueTask InitializeAsync()
    {
        _vendor = await OpenIdVendor.StartAsync();
        _channel = await LocalVendor.StartAsync(async context =>
        {
            var text = $"{(await context.Request.ReadFromJsonAsync<JsonNode>())!["text"]}";
            lock (_replies)
                _replies.Add((context.Request.Headers.Authorization, text));
        });
        _server = await BotServer.StartAsync(
            services => services.AddSingleton(new AllowedTargets(Loopback: true)),
            ("Atmosphere:Channels:BotFramework:AppId", "app-1"),
            ("Atmosphere:Channels:BotFramework:AppPassword", "secret-1"),
            ("Atmosphere:Channels:BotFramework:OpenIdMetadataUrl", new Uri(_vendor.Address, "/openid").ToString()),
            ("Atmosphere:Channels:BotFramework:LoginUrl", _vendor.Address.ToString()));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _channel.DisposeAsync();
        await _vendor.DisposeAsync();
    }

    [Fact]
    public async Task A_good_token_comes_in_and_the_reply_leaves_with_ours()
    {
        using var response = await PostAsync(_vendor.Sign(Claims()), "emulator", forwarded: true);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        await Eventually.TrueAsync(() => _replies.Count == 1, "the reply arrived");
        Assert.Equal("Bearer reply-token-1", _replies[0].Token);
        Assert.Contains("I find your child", _replies[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_bad_token_does_not(string kind, int status)
    {
        using var stranger = RSA.Create(2048);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var token = kind switch
        {
            "no token" => null,
            "no bearer" => "",
            "garbage" => "a.b.c",
            "alg none" => _vendor.Sign(Claims(), algorithm: "none"),
            "alg HS256" => _vendor.Sign(Claims(), algorithm: "HS256"),
            "unknown key" => _vendor.Sign(Claims(), kid: "key-2"),
            "other signature" => _vendor.Sign(Claims(), key: stranger),
            "other issuer" => _vendor.Sign(Claims(issuer: "https://evil.example")),
            "other app" => _vendor.Sign(Claims(app: "app-2")),
            "expired" => _vendor.Sign(Claims(expires: now.AddMinutes(-6).ToUnixTimeSeconds())),
            "no expiry" => _vendor.Sign(Claims(expires: 0)),
            "not yet" => _vendor.Sign(Claims(notBefore: now.AddMinutes(6).ToUnixTimeSeconds())),
            "other serviceurl" => _vendor.Sign(Claims(service: "https://smba.example/")),
            "no serviceurl" => _vendor.Sign(new { iss = OpenIdVendor.Issuer, aud = "app-1", exp = now.AddHours(1).ToUnixTimeSeconds() }),
            _ => _vendor.Sign(Claims()),
        };
        using var response = await PostAsync(token, kind == "other channel" ? "webchat" : "emulator");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM turns"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a.b.c")]
    public async Task The_body_of_a_stranger_is_not_even_read(string? token)
    {
        using var http = new HttpClient();
        using var content = new StringContent("{ this is no activity", System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/api/messages")) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task With_an_app_id_the_doors_without_a_password_are_closed()
    {
        using var http = new HttpClient();
        using var response = await http.PostAsync(new Uri(_server.Address, "/v3/directline/tokens/generate"), null);
        Assert.Equal(403, (int)response.StatusCode);
    }

    private object Claims(string issuer = OpenIdVendor.Issuer, string app = "app-1", long? expires = null, long notBefore = 1, string? service = null) => new
    {
        iss = issuer,
        aud = app,
        exp = expires ?? TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
        nbf = notBefore,
        serviceurl = service ?? _channel.Address.ToString(),
    };

    private async Task<HttpResponseMessage> PostAsync(string? token, string channel, bool forwarded = false)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/api/messages"))
        {
            Content = JsonContent.Create(new
            {
                type = "message",
                id = "1",
                text = "help",
                channelId = channel,
                serviceUrl = _channel.Address.ToString(),
                from = new { id = "parent" },
                recipient = new { id = "bot" },
                conversation = new { id = "conversation-1" },
            }),
        };
        if (token is not null)
            request.Headers.Authorization = token.Length == 0 ? new AuthenticationHeaderValue("Basic", "eA==") : new AuthenticationHeaderValue("Bearer", token);
        if (forwarded)
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        return await http.SendAsync(request);
    }
}
