using System.Globalization;
using Atmosphere.Bot.Channels.Access;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>Issues and checks tokens, each of which opens one conversation for a limited time.</summary>
internal sealed class DirectLineTokens(ServerSecret secret, IOptions<DirectLineOptions> options, TimeProvider clock)
{
    private const string Purpose = "directline";

    /// <summary>Lifetime of a new token in seconds.</summary>
    public int ExpiresIn => (int)options.Value.TokenLifetime.TotalSeconds;

    public string Create(string conversation)
    {
        var expires = (clock.GetUtcNow() + options.Value.TokenLifetime).ToUnixTimeSeconds();
        return secret.Sign(Purpose, string.Create(CultureInfo.InvariantCulture, $"{expires}\n{conversation}"));
    }

    /// <summary>The conversation that the token opens.</summary>
    /// <exception cref="RefusedRequestException">401: no token, or not ours; 403: expired.</exception>
    public string Open(string? token)
    {
        if (token is null || secret.Open(Purpose, token)?.Split('\n') is not [var expires, var conversation])
            throw new RefusedRequestException(401, "A token of this server is needed: POST /v3/directline/tokens/generate makes one.");
        return long.Parse(expires, CultureInfo.InvariantCulture) >= clock.GetUtcNow().ToUnixTimeSeconds()
            ? conversation
            : throw new RefusedRequestException(403, "The token has expired: start a new conversation.");
    }

    /// <summary>Opens the request's bearer token and checks that it belongs to the conversation in the address.</summary>
    /// <exception cref="RefusedRequestException">401 or 403.</exception>
    public string Authorize(HttpContext context, string? conversation = null)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var opened = Open(header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null);
        return conversation is null || conversation == opened
            ? opened
            : throw new RefusedRequestException(403, "The token is for another conversation.");
    }
}
