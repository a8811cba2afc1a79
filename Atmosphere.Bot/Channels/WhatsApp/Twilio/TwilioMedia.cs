using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Fetching;
using Atmosphere.Bot.Incoming;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Downloads media from Twilio only. The account's token is sent only to its API, never to a redirect target.</summary>
internal sealed class TwilioMedia : IFileSource, IDisposable
{
    /// <summary>WhatsApp's own limit.</summary>
    private const int Megabytes = 16;

    private readonly TwilioOptions _options;
    private readonly ILogger<TwilioMedia> _log;
    private readonly HttpClient _http;
    private readonly Uri[] _hosts;
    private readonly Uri[] _apis;

    public TwilioMedia(IOptions<TwilioOptions> options, ILogger<TwilioMedia> log)
    {
        (_options, _log) = (options.Value, log);
        _http = GuardedConnections.Client(address => _options.AllowPrivateTargets || PublicAddress.Is(address));
        _hosts = [.. (_options.MediaHosts is { Length: > 0 } named ? named : TwilioOptions.OwnMediaHosts).Select(host => new Uri($"https://{host}"))];
        _apis = [new Uri(_options.ApiBaseUrl), new Uri(_options.MediaBaseUrl)];
    }

    public string Channel => WhatsAppAddress.Channel;

    public bool Takes(IncomingFile file) => file.Origin == TwilioReference.Name;

    public async Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation)
    {
        try
        {
            return await new FileFetch(_http, Megabytes)
            {
                Allows = IsAllowed,
                CredentialsAsync = (address, _) => Task.FromResult(CredentialsFor(address)),
            }.RunAsync(file.Url!, cancellation);
        }
        catch (FileUnavailableException refused) when (refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            _log.LogWarning("Twilio does not hand out the media of a message (it answered {Status}): look at {Section}:AuthToken", (int)refused.Status, TwilioOptions.Section);
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    private bool IsAllowed(Uri address)
    {
        var isHere = LoopbackName.Is(address.Host);
        if (address.Scheme != Uri.UriSchemeHttps && !(isHere && _options.AllowPrivateTargets))
            return false;
        return _hosts.Any(host =>
            host.Host.Equals(address.Host, StringComparison.OrdinalIgnoreCase)
            && (host.IsDefaultPort ? address.IsDefaultPort || isHere : host.Port == address.Port)
            && address.AbsolutePath.StartsWith(host.AbsolutePath, StringComparison.Ordinal));
    }

    private AuthenticationHeaderValue? CredentialsFor(Uri address) =>
        _apis.Any(api => api.GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority))
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.AccountSid}:{_options.AuthToken}")))
            : null;
}
