using System.Net;
using System.Net.Sockets;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>Which addresses lie outside this machine and its networks: public unicast, without what IANA's registries call special.</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork _global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork _compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork _nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork _teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork _sixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, with multicast and what is reserved.</summary>
    private static readonly IPNetwork[] _special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
            "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address) => Inside(address) is { Length: > 0 } wrapped
        ? wrapped.All(Is)
        : (address.AddressFamily == AddressFamily.InterNetwork || _global.Contains(address)) && !_special.Any(network => network.Contains(address));

    /// <summary>The IPv4 addresses that an IPv6 address stands for; empty where it stands for itself.</summary>
    private static IPAddress[] Inside(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return [];
        var bytes = address.GetAddressBytes();
        if (address.IsIPv4MappedToIPv6 || _compatible.Contains(address) || _nat64.Contains(address))
            return [new IPAddress(bytes[12..])];
        if (_sixToFour.Contains(address))
            return [new IPAddress(bytes[2..6])];
        return _teredo.Contains(address) ? [new IPAddress(bytes[4..8]), new IPAddress([.. bytes[12..].Select(part => (byte)~part)])] : [];
    }
}
