using System.Net;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Fetching;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Calls addresses that a caller chose, for us and for the SDK. Without an app id only this machine is called; with an app id, everything
/// except this machine and private networks.
/// </summary>
internal sealed class SafeHttp : IHttpClientFactory, IDisposable
{
    // What a channel answers to a message is an id.
    private const int LargestAnswer = 1024 * 1024;
    private readonly SocketsHttpHandler _handler;

    public SafeHttp(IOptions<BotFrameworkOptions> options, AllowedTargets? allowed = null)
    {
        var loopbackOnly = !options.Value.HasApp || allowed?.Loopback == true;
        _handler = GuardedConnections.Handler(loopbackOnly ? IPAddress.IsLoopback : PublicAddress.Is);
        Client = new HttpClient(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>For files, which are read as they come.</summary>
    public HttpClient Client { get; }

    /// <summary>The SDK takes a client for each turn and disposes of it; the connections stay.</summary>
    public HttpClient CreateClient(string name) =>
        new(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }
}

/// <summary>For tests: a local server plays the vendor.</summary>
internal sealed record AllowedTargets(bool Loopback);
