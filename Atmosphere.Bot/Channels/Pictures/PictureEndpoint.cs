using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Primitives;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>GET or HEAD /pictures/{token}: the picture of one delivery, as long as it may be seen.</summary>
internal static class PictureEndpoint
{
    private const string Gone = "This picture is not available any more: it was deleted, or the link is too old. Open the chat again for a new link.";

    public static void MapPictures(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/pictures/{token}", [HttpMethods.Get, HttpMethods.Head], GetAsync);

    private static async Task<IResult> GetAsync(
        string token, HttpContext context, PictureLinks links, SmallPictures small, Database database, IMediaStore media)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";

        if (links.Open(token) is not { } link)
            return Refused.Because(404, Gone);
        if (!await database.ReadAsync(session => MaySeeAsync(session, link.BoundTo, link.Media), context.RequestAborted))
            return Refused.Because(410, Gone);
        try
        {
            var bytes = await media.GetAsync(link.Media, context.RequestAborted);
            if (link.IsSmall)
                bytes = small.Of(link.Media, bytes);
            var type = PictureType.Of(bytes);
            if (type == PictureType.Unknown)
                context.Response.Headers.ContentDisposition = new StringValues(PictureType.IsDocument(link.Media) ? "attachment; filename=atmosphere.json" : "attachment");
            return Results.Bytes(bytes, type);
        }
        catch (Exception error) when (error is MediaNotFoundException or PhotoRefusedException)
        {
            return Refused.Because(410, Gone);
        }
    }

    /// <summary>
    /// The delivery is under way or sent and still shows that picture, and its recipient still agrees; or an operator is to decide about the face.
    /// </summary>
    private static async Task<bool> MaySeeAsync(Session session, string boundTo, MediaKey media)
    {
        if (await HeldPictures.MayBeSeenAsync(session, boundTo, media))
            return true;
        var shown = await DirectLineTable.ShowsAsync(session, boundTo, media) || await ReplyStore.ShowsAsync(session, boundTo, media);
        return shown && await Deliveries.MayBeSeenAsync(session, new DeliveryId(boundTo));
    }
}
