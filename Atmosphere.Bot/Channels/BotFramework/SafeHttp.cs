using System.Net;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Fetching;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// HTTP client for addresses chosen by a caller, for our code and the SDK. Without an app id it calls only this machine; with an app id,
/// everything except this machine and private networks.
/// </summary>
internal sealed class SafeHttp : IHttpClientFactory, IDisposable
{
    // A channel answers a message with an id.
    private const int LargestAnswer = 1024 * 1024;
    private readonly SocketsHttpHandler _handler;

    public SafeHttp(IOptions<BotFrameworkOptions> options, AllowedTargets? allowed = null)
    {
        var loopbackOnly = !options.Value.HasApp || allowed?.Loopback == true;
        _handler = GuardedConnections.Handler(loopbackOnly ? IPAddress.IsLoopback : PublicAddress.Is);
        Client = new HttpClient(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>For files, which are streamed.</summary>
    public HttpClient Client { get; }

    /// <summary>The SDK creates and disposes a client per turn; the connections are shared.</summary>
    public HttpClient CreateClient(string name) =>
        new(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }
}

/// <summary>For tests, in which a local server plays the vendor.</summary>
internal sealed record AllowedTargets(bool Loopback);
