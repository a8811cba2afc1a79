using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Channels;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Forged tokens at the door of the Bot Framework, one row a forgery: each is refused, nothing is stored, and no address in it is called.</summary>
public sealed class HeldTokens : IAsyncLifetime
{
    private static readonly string[] _paths =
        ["../../../../../../dev/null", "/dev/null", "key-1/../key-1", "key-1\0", "' OR '1'='1", "KEY-1", " key-1", "", new string('k', 100_000), "file:///etc/passwd"];

    private readonly RSA _stranger = RSA.Create(2048);
    private OpenIdVendor _vendor = null!;
    private LocalVendor _thief = null!;
    private BotServer _server = null!;
    private int _called;

    public async ValueTask InitializeAsync()
    {
        _vendor = await OpenIdVendor.StartAsync();
        _thief = await LocalVendor.StartAsync(context =>
        {
            _ = Interlocked.Increment(ref _called);
            return context.Response.WriteAsJsonAsync(new { keys = Array.Empty<object>() });
        });
        _server = await BotServer.StartAsync(_vendor.Trust, _vendor.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _thief.DisposeAsync();
        await _vendor.DisposeAsync();
        _stranger.Dispose();
    }

    [Fact]
    public async Task No_forged_token_comes_in()
    {
        foreach (var (forgery, token) in Forgeries())
        {
            using var response = await PostAsync(token);
            Assert.True((int)response.StatusCode is 400 or 401 or 403 or 431, $"{forgery}: {response.StatusCode}");
        }

        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM turns"));
        Assert.Equal(0, _called);
        Assert.DoesNotContain(_server.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        // The door is open to the right token, or nothing above would say anything.
        using var good = await PostAsync(_vendor.Sign(Claims()));
        Assert.Equal(200, (int)good.StatusCode);
    }

    private IEnumerable<(string Forgery, string Token)> Forgeries()
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var algorithm in new[] { "none", "None", "nOnE", "", "HS256", "RS257", "PS256", "ES256", "RSA1_5" })
            yield return ($"alg '{algorithm}'", _vendor.Sign(Claims(), algorithm));
        yield return ("alg none without a signature", Unsigned(_vendor.Sign(Claims(), "none")));
        yield return ("no signature", Unsigned(_vendor.Sign(Claims())));
        yield return ("the public key as a secret", Keyed(_vendor.PublicKey));
        yield return ("an empty secret", Keyed(""));
        yield return ("a stranger's key", _vendor.Sign(Claims(), key: _stranger));
        yield return ("a signature of other claims", $"{Unsigned(_vendor.Sign(Claims(("serviceurl", "https://evil.example/"))))}{_vendor.Sign(Claims()).Split('.')[2]}");
        foreach (var path in _paths)
            yield return ($"kid '{path[..Math.Min(20, path.Length)]}'", _vendor.Sign(Claims(), kid: path, key: _stranger));
        yield return ("kid that is no text", _vendor.SignAs(new { alg = "RS256", kid = new[] { "key-1" } }, Claims(), _stranger));
        yield return ("no kid", _vendor.SignAs(new { alg = "RS256" }, Claims(), _stranger));

        var (jwk, there) = (Jwk(), new Uri(_thief.Address, "/keys").ToString());
        yield return ("the key in the token", _vendor.SignAs(new { alg = "RS256", kid = "key-1", jwk }, Claims(), _stranger));
        yield return ("the key at an address", _vendor.SignAs(new { alg = "RS256", kid = "key-1", jku = there, x5u = there }, Claims(), _stranger));
        yield return ("an issuer at an address", _vendor.Sign(Claims(("iss", _thief.Address.ToString())), key: _stranger));
        yield return ("five parts", $"{_vendor.Sign(Claims())}.e30.e30");
        yield return ("no JSON", $"{Base64Url.EncodeToString("{"u8)}.{Base64Url.EncodeToString("}"u8)}.AAAA");

        foreach (object? audience in new object?[] { "app-2", "APP-1", "app-1 ", "", null, 1, new { app = "app-1" } })
            yield return ($"audience {audience}", _vendor.Sign(Claims(("aud", audience))));
        foreach (var name in new[] { "exp", "nbf", "iat" })
        {
            foreach (object value in new object[] { "soon", true, 1e300, new { at = 1 }, new[] { "x" } })
                yield return ($"{name} {value}", _vendor.Sign(Claims((name, value))));
        }

        yield return ("expired", _vendor.Sign(Claims(("exp", now.AddMinutes(-6).ToUnixTimeSeconds()))));
        yield return ("expired before time began", _vendor.Sign(Claims(("exp", -1))));
        yield return ("never expires", _vendor.Sign(Claims(("exp", null))));
        yield return ("from the future", _vendor.Sign(Claims(("nbf", now.AddHours(1).ToUnixTimeSeconds()))));
    }

    private static string Unsigned(string token) => token[..(token.LastIndexOf('.') + 1)];

    private string Keyed(string secret)
    {
        var signed = Unsigned(_vendor.Sign(Claims(), "HS256")).TrimEnd('.');
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private object Jwk()
    {
        var parameters = _stranger.ExportParameters(false);
        return new { kty = "RSA", use = "sig", kid = "key-1", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) };
    }

    private static Dictionary<string, object?> Claims(params (string Name, object? Value)[] other)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = OpenIdVendor.Issuer,
            ["aud"] = "app-1",
            ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
            ["nbf"] = 1,
            ["serviceurl"] = "https://channel.example/",
        };
        foreach (var (name, value) in other)
        {
            claims[name] = value;
            if (value is null)
                claims.Remove(name);
        }

        return claims;
    }

    private async Task<HttpResponseMessage> PostAsync(string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/api/messages"))
        {
            Content = JsonContent.Create(new
            {
                type = "message",
                id = "1",
                text = "help",
                channelId = "emulator",
                serviceUrl = "https://channel.example/",
                from = new { id = "parent" },
                recipient = new { id = "bot" },
                conversation = new { id = "conversation-1" },
            }),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await http.SendAsync(request);
    }
}
