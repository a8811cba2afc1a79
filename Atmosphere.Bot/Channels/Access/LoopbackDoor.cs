using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>
/// Admits only programs and pages of this machine to endpoints without a password. Rejects pages of other sites that use a host name
/// pointing here (Host) or post across sites (Origin), and proxies (forwarded headers, or a server bound to other addresses).
/// </summary>
internal sealed class LoopbackDoor(IServer server, IOptions<PublicDoors> publicDoors)
{
    /// <summary>Headers that proxies add, or the beginnings of their names.</summary>
    private static readonly string[] _forwarded =
        ["Forwarded", "X-Forwarded-", "X-Real-IP", "X-Original-", "X-Client-IP", "X-Cluster-Client-IP", "CF-", "CDN-Loop", "Via", "True-Client-IP", "Fastly-Client-IP"];

    /// <returns>Why the request is refused; null: it may come in.</returns>
    public string? Refusal(HttpContext context)
    {
        if (publicDoors.Value.OpenedBy is { } setting)
            return $"This address is closed because {setting} is set: the server can be reached from outside, and here nobody is asked for a password.";
        if (!IsBoundToLoopback())
            return "This address is closed because the server listens on more than this machine. Start it with --urls http://localhost:3978.";
        if (context.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
            return "This address answers programs on the same machine only.";
        if (context.Request.Headers.Keys.FirstOrDefault(IsOfAProxy) is { } header)
            return $"This address cannot be used through a proxy (the request has a {header} header).";
        if (!LoopbackName.Is(context.Request.Host.Host))
            return "This address answers to localhost, 127.0.0.1 and [::1] only.";
        return context.Request.Headers.Origin.Any(origin => !LoopbackName.IsUrl(origin))
            ? "This address does not answer pages of other sites."
            : null;
    }

    private static bool IsOfAProxy(string header) =>
        _forwarded.Any(name => name.EndsWith('-') ? header.StartsWith(name, StringComparison.OrdinalIgnoreCase) : header.Equals(name, StringComparison.OrdinalIgnoreCase));

    private bool IsBoundToLoopback()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses.All(address => LoopbackName.Is(BindingAddress.Parse(address).Host));
    }
}
