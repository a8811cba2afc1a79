using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <param name="Kid">Names the key in a token's header.</param>
/// <param name="N">Modulus of the RSA key, base64url.</param>
/// <param name="E">Exponent, base64url.</param>
/// <param name="Endorsements">The channels whose requests the key may sign; null: any.</param>
internal sealed record SigningKey(string Kid, string N, string E, IReadOnlyList<string>? Endorsements);

/// <summary>
/// The issuer and the keys that the OpenID metadata describe; read at the first token, and again when a key is unknown. Keys older than a day are
/// renewed behind the requests; while that fails they are good for five days, so that an outage of the metadata closes no chat.
/// </summary>
internal sealed class OpenIdKeys(IHttpClientFactory clients, IOptions<BotFrameworkOptions> options, TimeProvider clock, ILogger<OpenIdKeys> log) : IDisposable
{
    private static readonly TimeSpan _fresh = TimeSpan.FromHours(24);
    private static readonly TimeSpan _usable = TimeSpan.FromDays(5);
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Known? _known;
    private Task _renewal = Task.CompletedTask;
    private DateTimeOffset _renewedAt;

    /// <returns>The issuer, and the key of that name; null where there is none.</returns>
    /// <exception cref="HttpRequestException">The metadata cannot be read.</exception>
    public async Task<(string Issuer, SigningKey? Key)> FindAsync(string kid, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var now = clock.GetUtcNow();
            var key = Find(kid);
            var age = _known is { } known ? now - known.Read : TimeSpan.MaxValue;
            if (age > _usable || (key is null && age > _pause))
            {
                _known = await ReadAsync(now, cancellation);
                key = Find(kid);
            }
            else if (age > _fresh && _renewal.IsCompleted && now - _renewedAt > _pause)
            {
                _renewedAt = now;
                _renewal = RenewAsync(now);
            }

            return (_known!.Issuer, key);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private SigningKey? Find(string kid) => _known?.Keys.FirstOrDefault(key => key.Kid == kid);

    private async Task RenewAsync(DateTimeOffset now)
    {
        try
        {
            _known = await ReadAsync(now, CancellationToken.None);
        }
        catch (Exception error)
        {
            log.LogWarning(error, "The keys that sign requests could not be renewed; those of {Read} are used for up to {Days} days", _known?.Read, _usable.TotalDays);
        }
    }

    private async Task<Known> ReadAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(nameof(OpenIdKeys));
        client.Timeout = options.Value.Timeout;
        var metadata = await client.GetFromJsonAsync<JsonElement>(options.Value.OpenIdMetadataUrl, cancellation);
        var set = await client.GetFromJsonAsync<JsonElement>(metadata.GetProperty("jwks_uri").GetString(), cancellation);
        var keys = set.GetProperty("keys").EnumerateArray()
            .Where(key => key.GetProperty("kty").GetString() == "RSA")
            .Select(key => key.Deserialize<SigningKey>(JsonSerializerOptions.Web)!)
            .ToList();
        return new Known(metadata.GetProperty("issuer").GetString()!, keys, now);
    }

    private sealed record Known(string Issuer, IReadOnlyList<SigningKey> Keys, DateTimeOffset Read);
}
