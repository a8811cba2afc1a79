using System.Net;
using System.Net.Sockets;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Doctor;

/// <summary>Checks whether an address to listen on is free.</summary>
internal static class Address
{
    /// <param name="url">The address.</param>
    /// <param name="dataFolder">Full path; while a server runs on it, an address in use is fine.</param>
    public static async Task<string> FreeAsync(string url, string dataFolder, CancellationToken cancellation)
    {
        var uri = new Uri(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal));
        try
        {
            foreach (var address in await AddressesAsync(uri.Host, cancellation))
            {
                using var listener = new TcpListener(address, uri.Port);
                listener.Start();
            }

            return $"{url} is free";
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && Database.IsOwned(dataFolder))
        {
            return $"{url} is in use, and a server runs on this data folder";
        }
        catch (SocketException taken)
        {
            throw new VerbException(
                taken.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"{url} is in use, perhaps by a running Atmosphere. Stop that program, or choose another address with --urls."
                    : $"{url} cannot be used: {taken.Message}. Choose another address with --urls.",
                taken);
        }
    }

    private static async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellation) => host == "localhost"
        ? [IPAddress.Loopback]
        : await Dns.GetHostAddressesAsync(host, cancellation);
}
