using System.Net;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>Names of this machine that no name server can redirect.</summary>
internal static class LoopbackName
{
    /// <param name="host">Without a port; an IPv6 address with or without brackets.</param>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether the text is an http or https address on this machine.</summary>
    public static bool IsUrl(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && Is(uri.Host) && uri.UserInfo.Length == 0;
}
