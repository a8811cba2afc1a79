using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Primitives;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>GET or HEAD /pictures/{token}: the picture of one message, as long as its recipient may see it.</summary>
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
        if (link.IsOver || !await database.ReadAsync(session => MaySeeAsync(session, link), context.RequestAborted))
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
    /// The message is in the recipient's own chat and still shows that picture, and the recipient may see it now; or an operator is to decide
    /// about it.
    /// </summary>
    private static async Task<bool> MaySeeAsync(Session session, PictureLink link)
    {
        if (link.Viewer == HeldPictures.Operator)
            return await PictureRights.MayBeDecidedAsync(session, link.Media);
        if (await Participants.FindAsync(session, link.Viewer) is not { } viewer)
            return false;
        var chat = new ConversationKey(viewer.Channel, viewer.Address);
        var shownAt = chat.Channel == DirectLineTable.Channel
            ? await DirectLineTable.ShownAtAsync(session, chat.Address, link.BoundTo, link.Media)
            : await ReplyStore.ShownAtAsync(session, chat, link.BoundTo, link.Media);
        return shownAt is { } at && await PictureRights.MayBeSeenAsync(session, link.Media, link.Viewer, at);
    }
}
