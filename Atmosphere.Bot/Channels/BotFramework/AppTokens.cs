using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>The token with which replies are sent: client credentials, kept until shortly before they expire.</summary>
internal sealed class AppTokens(IHttpClientFactory clients, IOptions<BotFrameworkOptions> options, TimeProvider clock) : IDisposable
{
    private const string Scope = "https://api.botframework.com/.default";
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _one = new(1, 1);
    private (string Token, DateTimeOffset Expires)? _kept;

    /// <exception cref="HttpRequestException">No token is given now.</exception>
    public async Task<string> GetAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_kept is { } kept && clock.GetUtcNow() + _margin < kept.Expires)
                return kept.Token;
            _kept = await FetchAsync(cancellation);
            return _kept.Value.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<(string, DateTimeOffset)> FetchAsync(CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.Value.AppId!,
            ["client_secret"] = options.Value.AppPassword!,
            ["scope"] = Scope,
        });
        using var client = clients.CreateClient(nameof(AppTokens));
        client.Timeout = options.Value.Timeout;
        var address = $"{options.Value.LoginUrl.TrimEnd('/')}/{Uri.EscapeDataString(options.Value.TenantId)}/oauth2/v2.0/token";
        try
        {
            using var response = await client.PostAsync(address, form, cancellation);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            var lifetime = TimeSpan.FromSeconds(answer.GetProperty("expires_in").GetInt32());
            return (answer.GetProperty("access_token").GetString() ?? throw new JsonException("The access_token is null."), clock.GetUtcNow() + lifetime);
        }
        catch (Exception error) when (IsTrouble(error) && !cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "No token for replies was given; check AppId, AppPassword and TenantId.", error);
        }
    }

    // What a proxy or a captive portal answers in the place of the vendor is JSON seldom, and never with a token in it.
    private static bool IsTrouble(Exception error) =>
        error is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException;
}
