using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.Rest;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// The app's credentials for the SDK, with tokens from MSAL, which caches each until shortly before it expires. The SDK's own factories
/// block a thread while they wait, and share their tokens among all apps of the process.
/// </summary>
internal sealed class SignIn(IHttpClientFactory clients, IOptions<BotFrameworkOptions> options)
    : ServiceClientCredentialsFactory, IMsalHttpClientFactory
{
    /// <summary>Name of the HTTP client for Microsoft's sign-in and OpenID metadata.</summary>
    public const string Client = "BotFrameworkSignIn";

    private static readonly string[] _scopes = [$"{AuthenticationConstants.ToChannelFromBotOAuthScope}/.default"];
    private IConfidentialClientApplication? _app;

    /// <summary>The token for sending replies.</summary>
    /// <exception cref="HttpRequestException">No token is available now.</exception>
    public async Task<string> GetTokenAsync(CancellationToken cancellation)
    {
        try
        {
            return (await App().AcquireTokenForClient(_scopes).ExecuteAsync(cancellation)).AccessToken;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException(
                HttpRequestError.ConnectionError, "No token for replies was given; check AppId, AppPassword and TenantId.", error);
        }
    }

    public HttpClient GetHttpClient()
    {
        var client = clients.CreateClient(Client);
        client.Timeout = options.Value.Timeout;
        return client;
    }

    public override Task<bool> IsValidAppIdAsync(string appId, CancellationToken cancellationToken) => Task.FromResult(appId == options.Value.AppId);

    public override Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken) => Task.FromResult(!options.Value.HasApp);

    public override Task<ServiceClientCredentials> CreateCredentialsAsync(
        string appId, string audience, string loginEndpoint, bool validateAuthority, CancellationToken cancellationToken) =>
        Task.FromResult<ServiceClientCredentials>(new Credentials(options.Value.HasApp ? this : null));

    private IConfidentialClientApplication App() => _app ??= ConfidentialClientApplicationBuilder.Create(options.Value.AppId)
        .WithClientSecret(options.Value.AppPassword)
        .WithAuthority($"{options.Value.LoginUrl.TrimEnd('/')}/{options.Value.TenantId}", validateAuthority: false)
        .WithInstanceDiscovery(false)
        .WithHttpClientFactory(this, retryOnceOn5xx: false)
        .Build();

    /// <param name="signIn">Null: requests have no token.</param>
    private sealed class Credentials(SignIn? signIn) : ServiceClientCredentials
    {
        public override async Task ProcessHttpRequestAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (signIn is not null)
                request.Headers.Authorization = new("Bearer", await signIn.GetTokenAsync(cancellationToken));
        }
    }
}
