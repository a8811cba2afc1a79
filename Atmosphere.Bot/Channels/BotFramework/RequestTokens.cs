using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atmosphere.Bot.Channels.Doors;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Checks the token of a request from the Bot Framework: who signed it, for whom, until when, and for which service.</summary>
internal sealed class RequestTokens(OpenIdKeys keys, IOptions<BotFrameworkOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(5);

    /// <summary>Checks all that the token says by itself, before anything of the request's body is read.</summary>
    /// <exception cref="RefusedRequestException">401: no good token; 503: the keys cannot be read.</exception>
    public async Task<RequestToken> CheckAsync(string authorization, CancellationToken cancellation)
    {
        var token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : "";
        if (token.Split('.') is not [var header, var payload, var signature])
            throw Unauthorized("a bearer token of the Bot Framework is needed");

        var head = Parse(header);
        if (TextOf(head, "alg") != "RS256")
            throw Unauthorized("the token must be signed with RS256");

        var (issuer, key) = await FindKeyAsync(TextOf(head, "kid") ?? "", cancellation);
        if (key is null || !IsSignedBy(key, $"{header}.{payload}", signature))
            throw Unauthorized("the token's signature is not by a known key");

        var claims = Parse(payload);
        var now = clock.GetUtcNow();
        if (TextOf(claims, "iss") != issuer)
            throw Unauthorized("the token has another issuer");
        if (!IsFor(claims, options.Value.AppId!))
            throw Unauthorized("the token is for another app");
        if (TimeOf(claims, "exp") is not { } expires || now > expires + _skew)
            throw Unauthorized("the token has expired");
        if (TimeOf(claims, "nbf") is { } from && now < from - _skew)
            throw Unauthorized("the token is not valid yet");

        return new RequestToken(TextOf(claims, "serviceurl") ?? TextOf(claims, "serviceUrl"), key.Endorsements);
    }

    private static RefusedRequestException Unauthorized(string reason) => new(401, $"The request is not authorized: {reason}.");

    private static bool IsSignedBy(SigningKey key, string signed, string signature)
    {
        try
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(key.N), Exponent = Base64Url.DecodeFromChars(key.E) });
            return rsa.VerifyData(
                Encoding.ASCII.GetBytes(signed), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static JsonElement Parse(string part)
    {
        try
        {
            var json = JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement;
            return json.ValueKind == JsonValueKind.Object ? json : throw Unauthorized("the token cannot be read");
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            throw Unauthorized("the token cannot be read");
        }
    }

    private static string? TextOf(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? TimeOf(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static bool IsFor(JsonElement claims, string app) => claims.TryGetProperty("aud", out var audience) && audience.ValueKind switch
    {
        JsonValueKind.String => audience.GetString() == app,
        JsonValueKind.Array => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == app),
        _ => false,
    };

    private async Task<(string Issuer, SigningKey? Key)> FindKeyAsync(string kid, CancellationToken cancellation)
    {
        try
        {
            return await keys.FindAsync(kid, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
        {
            throw new RefusedRequestException(503, "The keys that sign requests cannot be read now; try again.");
        }
    }
}
