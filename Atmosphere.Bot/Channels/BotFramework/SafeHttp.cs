using System.Net;
using Atmosphere.Bot.Channels.Doors;
using Atmosphere.Bot.Channels.Fetching;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Calls addresses that a caller chose. Without an app id only this machine is called, with one everything but this machine and its private
/// networks.
/// </summary>
internal sealed class SafeHttp : IDisposable
{
    public SafeHttp(IOptions<BotFrameworkOptions> options, AllowedTargets? allowed = null)
    {
        var loopbackOnly = !options.Value.HasApp || allowed?.Loopback == true;
        Client = GuardedConnections.Client(loopbackOnly ? IPAddress.IsLoopback : PrivateNetwork.IsPublic);
    }

    public HttpClient Client { get; }

    public void Dispose() => Client.Dispose();
}

/// <summary>For tests: a local server plays the vendor.</summary>
internal sealed record AllowedTargets(bool Loopback);
