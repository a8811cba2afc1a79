using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Channels;

/// <summary>Plays Microsoft's sign-in: OpenID metadata, keys, and tokens for replies.</summary>
internal sealed class OpenIdVendor : IAsyncDisposable
{
    public const string Issuer = "https://api.botframework.example";
    private readonly RSA _key = RSA.Create(2048);
    private LocalVendor _server = null!;

    public Uri Address => _server.Address;

    public List<string> ReplyTokens { get; } = [];

    /// <summary>Given in the place of the next tokens.</summary>
    public Queue<object> TokenTroubles { get; } = [];

    public static async Task<OpenIdVendor> StartAsync()
    {
        var vendor = new OpenIdVendor();
        vendor._server = await LocalVendor.StartAsync(vendor.AnswerAsync);
        return vendor;
    }

    public string Sign(object claims, string algorithm = "RS256", string kid = "key-1", RSA? key = null)
    {
        var head = Encode(new { alg = algorithm, typ = "JWT", kid });
        var body = Encode(claims);
        var signature = (key ?? _key).SignData(System.Text.Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{body}.{Base64Url.EncodeToString(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _key.Dispose();
    }

    private static string Encode(object json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private async Task AnswerAsync(HttpContext context)
    {
        var parameters = _key.ExportParameters(false);
        object? answer = context.Request.Path.Value switch
        {
            "/openid" => new { issuer = Issuer, jwks_uri = new Uri(Address, "/keys").ToString() },
            "/keys" => new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA", use = "sig", kid = "key-1", endorsements = new[] { "emulator", "msteams" },
                        n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent),
                    },
                },
            },
            "/botframework.com/oauth2/v2.0/token" => await GiveTokenAsync(context),
            _ => null,
        };
        if (answer is null)
            context.Response.StatusCode = 404;
        else
            await context.Response.WriteAsJsonAsync(answer);
    }

    private async Task<object?> GiveTokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["grant_type"] != "client_credentials" || form["client_id"] != "app-1" || form["client_secret"] != "secret-1")
            return null;
        if (TokenTroubles.TryDequeue(out var trouble))
            return trouble;
        ReplyTokens.Add($"reply-token-{ReplyTokens.Count + 1}");
        return new { token_type = "Bearer", expires_in = 3600, access_token = ReplyTokens[^1] };
    }
}
