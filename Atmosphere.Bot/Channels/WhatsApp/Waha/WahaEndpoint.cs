using System.Security.Cryptography;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Incoming.Groups;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>POST /whatsapp/waha: a container's webhook, signed with its key. Stores one row and answers; the work is queued.</summary>
internal static class WahaEndpoint
{
    // Some engines include picture previews in their raw data, which is not kept.
    private const int LargestBody = 1024 * 1024;

    public static void MapWaha(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/whatsapp/waha", ReceiveAsync).AnswerRefusals();

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, SignedBodies bodies, GroupInbox inbox, WahaReceipts receipts, IOptions<WahaOptions> options, TimeProvider clock)
    {
        if (!options.Value.IsOpen)
            return Refused.Because(404, $"No container is expected here: {WahaOptions.Section}:HmacKey is not set.");

        await using var bytes = await bodies.ReadAsync(context, LargestBody, Claim(context.Request, options.Value.HmacKey!));
        using var body = WebhookBody.Parse(await bytes.ToArrayAsync());
        var root = body.RootElement;
        if (root.TextOf("event") == "message.ack" && root.TextOf("session") == options.Value.Session && root.Of("payload") is { } receipt)
            return await receipts.TakeAsync(receipt) ? Results.Ok() : Refused.Because(503, "The message is still being sent. Tell it again.");

        if (WahaEvent.Read(root, options.Value.Session, clock.GetUtcNow()) is { } read)
            await inbox.AcceptAsync(WahaCarrier.ChannelName, read.Id, read.Told, context.RequestAborted);
        return Results.Ok();
    }

    /// <summary>Retries may be late, so no time is signed; repeated events are detected by their ids.</summary>
    private static SignatureClaim Claim(HttpRequest request, string key)
    {
        var wrong = new RefusedRequestException(401, "The signature is missing or wrong: X-Webhook-Hmac is the HMAC-SHA512 of the body with the webhook's key, in hexadecimal.");
        return request.Headers["X-Webhook-Hmac-Algorithm"].ToString() is "" or "sha512" && Signature.Hexadecimal(request.Headers["X-Webhook-Hmac"], "", HMACSHA512.HashSizeInBytes) is { } given
            ? new SignatureClaim(given, HashAlgorithmName.SHA512, "", [key], wrong)
            : throw wrong;
    }
}
