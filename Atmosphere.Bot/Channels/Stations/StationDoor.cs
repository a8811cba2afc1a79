using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Storage;
using Microsoft.Net.Http.Headers;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>Authenticates stations by their tokens.</summary>
internal sealed class StationDoor(Recognition.Storage.Stations stations)
{
    private const string Scheme = "Bearer ";

    /// <summary>The station that sends the request.</summary>
    /// <exception cref="RefusedRequestException">401: no known token; 403: the station is disabled.</exception>
    public async Task<Station> OpenAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header[Scheme.Length..].Trim() is not { Length: > 0 } token)
            throw Unknown(context, "", "This address needs the token of a client. Send it as 'Authorization: Bearer TOKEN'; 'atmosphere clients add' makes one.");

        var station = await stations.FindAsync(token, context.RequestAborted)
            ?? throw Unknown(context, ", error=\"invalid_token\"", "The token is not that of any client. Check that it was copied whole, or make a new one: 'atmosphere clients add'.");
        return station.DisabledAt is null ? station : throw Disabled(station);
    }

    public static RefusedRequestException Disabled(Station station) => new(
        403, $"The client '{station.Name}' is disabled. Ask the operator to let it in again: 'atmosphere clients enable'.");

    private static RefusedRequestException Unknown(HttpContext context, string error, string sentence)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = $"Bearer realm=\"atmosphere\"{error}";
        return new RefusedRequestException(401, sentence);
    }
}
