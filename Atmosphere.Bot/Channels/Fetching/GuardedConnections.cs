using System.Net;
using System.Net.Sockets;

namespace Atmosphere.Bot.Channels.Fetching;

/// <summary>
/// Connections to addresses that somebody else chose. What may be called is decided by the address that is connected to, not by its name; no
/// redirect is followed by itself.
/// </summary>
internal static class GuardedConnections
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <param name="mayCall">Whether an address that a name was resolved to may be connected to.</param>
    public static HttpClient Client(Func<IPAddress, bool> mayCall) => new(Handler(mayCall), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="mayCall">Whether an address that a name was resolved to may be connected to.</param>
    public static SocketsHttpHandler Handler(Func<IPAddress, bool> mayCall) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        // With the handshake; the connection itself has less, and says that nothing was sent.
        ConnectTimeout = 2 * _patience,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, mayCall, cancellation),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, Func<IPAddress, bool> mayCall, CancellationToken cancellation)
    {
        var allowed = (await Dns.GetHostAddressesAsync(target.Host, cancellation)).Where(mayCall).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The address is not one that may be called.", new AddressRefusedException());

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, patience.Token);
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

/// <summary>Every address of the name is one that is not called; another attempt changes nothing.</summary>
internal sealed class AddressRefusedException() : Exception("Every address of the host lies where nothing may be called from here.")
{
    /// <returns>The refusal that led to a failure; null: there was none.</returns>
    public static AddressRefusedException? In(Exception? failure) => failure as AddressRefusedException ?? (failure is null ? null : In(failure.InnerException));
}
