using System.Net;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Webhooks;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Verifies that a request was signed by Twilio for our account; shared by all its webhooks.</summary>
internal sealed class TwilioDoor(IOptions<TwilioOptions> options, SignedBodies bodies)
{
    private readonly IPNetwork[] _proxies = [.. (options.Value.Proxies ?? []).Select(TwilioOptions.Network).OfType<IPNetwork>()];

    /// <summary>The verified parameters of a webhook.</summary>
    /// <exception cref="RefusedRequestException">The request is not from Twilio, or not for us.</exception>
    public async Task<TwilioForm> ReadAsync(HttpContext context)
    {
        if (!options.Value.HasAccount)
            throw new RefusedRequestException(404, "This server has no Twilio account.");
        // The body of an unsigned request is not read.
        var signature = context.Request.Headers[TwilioSignature.Header].ToString();
        if (signature.Length == 0)
            throw new RefusedRequestException(403, $"The request has no {TwilioSignature.Header}.");
        var wrong = new RefusedRequestException(403, $"The {TwilioSignature.Header} does not fit: Twilio signs with the account's auth token, for the address that it was told to call.");
        if (AddressOf(context) is not { } address || !TwilioSignature.IsOne(signature))
            throw wrong;
        var form = await TwilioForm.ReadAsync(context, bodies);
        if (!TwilioSignature.Holds(signature, address, form, options.Value.SigningTokens))
            throw wrong;
        if (!string.Equals(form["AccountSid"], options.Value.AccountSid, StringComparison.OrdinalIgnoreCase))
            throw new RefusedRequestException(403, "The request is for another account.");
        return form;
    }

    /// <summary>The address as called by Twilio; null if it is unknown.</summary>
    private string? AddressOf(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var path = target?.StartsWith('/') == true ? target : $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}";
        return (Forwarded(context) ?? options.Value.PublicUrl?.TrimEnd('/')) is { } server ? server + path : null;
    }

    /// <summary>The address reported by a trusted proxy; such headers of other callers are ignored.</summary>
    private string? Forwarded(HttpContext context)
    {
        if (!options.Value.TrustForwardedHeaders || context.Connection.RemoteIpAddress is not { } caller)
            return null;
        var plain = caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller;
        if (!_proxies.Any(proxy => proxy.Contains(plain)))
            return null;
        var scheme = Last(context.Request.Headers["X-Forwarded-Proto"].ToString());
        var host = Last(context.Request.Headers["X-Forwarded-Host"].ToString());
        return scheme is "http" or "https" && host.Length > 0 ? $"{scheme}://{host}" : null;
    }

    /// <summary>Of several values, the last one was written by the nearest proxy.</summary>
    private static string Last(string header) => header[(header.LastIndexOf(',') + 1)..].Trim();
}
