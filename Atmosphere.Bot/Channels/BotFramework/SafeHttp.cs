using System.Net;
using System.Net.Sockets;
using Atmosphere.Bot.Channels.Doors;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Calls addresses that a caller chose. No redirect is followed by itself. Without an app id only this machine is called, with one everything
/// but this machine and its private networks: both are checked on the address that is connected to, not on the name.
/// </summary>
internal sealed class SafeHttp : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);
    private readonly bool _loopbackOnly;

    public SafeHttp(IOptions<BotFrameworkOptions> options, AllowedTargets? allowed = null)
    {
        _loopbackOnly = !options.Value.HasApp || allowed?.Loopback == true;
        Client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                // With the handshake; the connection itself has less, and says that nothing was sent.
                ConnectTimeout = 2 * _patience,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectCallback = ConnectAsync,
            },
            disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public HttpClient Client { get; }

    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var found = await Dns.GetHostAddressesAsync(host, cancellation);
        var allowed = found.Where(address => _loopbackOnly ? IPAddress.IsLoopback(address) : PrivateNetwork.IsPublic(address)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The address is not one that may be called.");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, patience.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The address did not answer.", error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>For tests: a local server plays the vendor.</summary>
internal sealed record AllowedTargets(bool Loopback);
