using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.BotFramework;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels;

/// <summary>Plays Microsoft's sign-in by https: OpenID metadata, keys, and tokens for replies.</summary>
internal sealed class OpenIdVendor : IAsyncDisposable
{
    public const string Issuer = "https://api.botframework.example";
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate = CreateCertificate();
    private LocalVendor _server = null!;

    public Uri Address => _server.Address;

    /// <summary>It answers 503 to everything.</summary>
    public bool IsDown { get; set; }

    /// <summary>The settings of a bot that this vendor signs in.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Atmosphere:Channels:BotFramework:AppId", "app-1"),
        ("Atmosphere:Channels:BotFramework:AppPassword", "secret-1"),
        ("Atmosphere:Channels:BotFramework:OpenIdMetadataUrl", new Uri(Address, "/openid").ToString()),
        ("Atmosphere:Channels:BotFramework:TokenIssuer", Issuer),
        ("Atmosphere:Channels:BotFramework:LoginUrl", Address.ToString()),
    ];

    public List<string> ReplyTokens { get; } = [];

    /// <summary>The tokens that were made for requests.</summary>
    public List<string> Signed { get; } = [];

    /// <summary>Given in the place of the next tokens.</summary>
    public Queue<object> TokenTroubles { get; } = [];

    public static async Task<OpenIdVendor> StartAsync()
    {
        var vendor = new OpenIdVendor();
        vendor._server = await LocalVendor.StartAsync(vendor.AnswerAsync, vendor._certificate);
        return vendor;
    }

    /// <summary>Lets a bot trust this vendor's certificate, and call the channels of this machine.</summary>
    public void Trust(IServiceCollection services)
    {
        services.AddSingleton(new AllowedTargets(Loopback: true));
        services.AddHttpClient(SignIn.Client).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _certificate.GetCertHashString(),
            },
        });
    }

    /// <summary>The key that everybody may read, as PEM.</summary>
    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    public string Sign(object claims, string algorithm = "RS256", string kid = "key-1", RSA? key = null) => SignAs(new { alg = algorithm, typ = "JWT", kid }, claims, key);

    /// <param name="header">The whole header, as an attacker may write it.</param>
    /// <param name="key">Default: the vendor's own.</param>
    public string SignAs(object header, object claims, RSA? key = null)
    {
        var head = Encode(header);
        var body = Encode(claims);
        var signature = (key ?? _key).SignData(System.Text.Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Signed.Add($"{head}.{body}.{Base64Url.EncodeToString(signature)}");
        return Signed[^1];
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _key.Dispose();
        _certificate.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private static string Encode(object json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private async Task AnswerAsync(HttpContext context)
    {
        if (IsDown)
        {
            context.Response.StatusCode = 503;
            return;
        }

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
