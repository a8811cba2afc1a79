using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
        { "expiry no number", 401 },
        { "expiry beyond time", 401 },
        { "not before no number", 401 },
        { "issued no number", 401 },
        { "two audiences", 403 },
        { "from the Emulator", 401 },
        { "from a skill", 403 },
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
        _server = await BotServer.StartAsync(_vendor.Trust, _vendor.Settings);
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
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE state = 'sent'") == 1, "it was sent");
        string[] secrets = ["secret-1", "reply-token", _vendor.Signed[^1], "conversation-1"];
        Assert.All(_server.Log.Lines, line => Assert.DoesNotContain(secrets, secret => line.Contains(secret, StringComparison.Ordinal)));
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
            "other issuer" => _vendor.Sign(Claims(("iss", "https://evil.example"))),
            "other app" => _vendor.Sign(Claims(("aud", "app-2"))),
            "expired" => _vendor.Sign(Claims(("exp", now.AddMinutes(-6).ToUnixTimeSeconds()), ("nbf", 1))),
            "no expiry" => _vendor.Sign(Claims(("exp", null))),
            "not yet" => _vendor.Sign(Claims(("nbf", now.AddMinutes(6).ToUnixTimeSeconds()))),
            "other serviceurl" => _vendor.Sign(Claims(("serviceurl", "https://smba.example/"))),
            "expiry no number" => _vendor.Sign(Claims(("exp", "soon"))),
            "expiry beyond time" => _vendor.Sign(Claims(("exp", 1e300))),
            "not before no number" => _vendor.Sign(Claims(("nbf", new { }))),
            "issued no number" => _vendor.Sign(Claims(("iat", "yesterday"))),
            "two audiences" => _vendor.Sign(Claims(("aud", new[] { "app-1", "app-2" }))),
            "from the Emulator" => _vendor.Sign(Claims(("iss", "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"), ("appid", "app-1"))),
            "from a skill" => _vendor.Sign(Claims(("ver", "1.0"), ("appid", "app-2"))),
            "no serviceurl" => _vendor.Sign(Claims(("serviceurl", null))),
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
    public async Task A_conversation_that_floods_is_told_to_wait()
    {
        await using var server = await BotServer.StartAsync(
            _vendor.Trust, [.. _vendor.Settings, ("Atmosphere:Channels:BotFramework:MessagesPerMinute", "2")]);
        var answers = new List<int>();
        for (var message = 0; message < 3; message++)
        {
            using var response = await PostAsync(_vendor.Sign(Claims()), "emulator", server: server);
            answers.Add((int)response.StatusCode);
            Assert.Equal(answers[^1] == 429 ? "60" : "", $"{response.Headers.RetryAfter}");
        }

        Assert.Equal([200, 200, 429], answers);
    }

    [Theory]
    [InlineData("OpenIdMetadataUrl")]
    [InlineData("LoginUrl")]
    public async Task Keys_and_tokens_are_only_fetched_by_https(string setting)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => BotServer.StartAsync(null, ($"Atmosphere:Channels:BotFramework:{setting}", "http://login.example/")));
        Assert.Contains("use an https address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_on_this_machine_is_not_called_even_when_the_token_names_it()
    {
        await using var server = await BotServer.StartAsync(
            services =>
            {
                _vendor.Trust(services);
                services.AddSingleton(new AllowedTargets(Loopback: false));
            },
            _vendor.Settings);
        using var response = await PostAsync(_vendor.Sign(Claims()), "emulator", server: server);
        Assert.True(response.IsSuccessStatusCode);
        await Eventually.TrueAsync(
            async () => await server.QueryAsync<string>("SELECT error FROM replies") == "The channel could not be reached.", "the call was tried");
        Assert.Empty(_replies);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_opens_no_door()
    {
        await using var impostor = await OpenIdVendor.StartAsync();
        await using var server = await BotServer.StartAsync(null, impostor.Settings);
        using var response = await PostAsync(impostor.Sign(Claims()), "emulator", server: server);
        Assert.Equal(503, (int)response.StatusCode);
    }

    [Fact]
    public async Task With_an_app_id_the_doors_without_a_password_are_closed()
    {
        using var http = new HttpClient();
        using var response = await http.PostAsync(new Uri(_server.Address, "/v3/directline/tokens/generate"), null);
        Assert.Equal(403, (int)response.StatusCode);
    }

    /// <param name="other">Claims in the place of the good ones; null: without.</param>
    private Dictionary<string, object?> Claims(params (string Name, object? Value)[] other)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = OpenIdVendor.Issuer,
            ["aud"] = "app-1",
            ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
            ["nbf"] = 1,
            ["serviceurl"] = _channel.Address.ToString(),
        };
        foreach (var (name, value) in other)
        {
            claims[name] = value;
            if (value is null)
                claims.Remove(name);
        }

        return claims;
    }

    private async Task<HttpResponseMessage> PostAsync(string? token, string channel, bool forwarded = false, BotServer? server = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri((server ?? _server).Address, "/api/messages"))
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
