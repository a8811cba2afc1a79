using System.Security.Cryptography;
using System.Text;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Recognition.Flows.Cleanup;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>POST /whatsapp/waha: a container's webhook, open to whoever signs with its key. It stores one row and answers; all work is behind the queue.</summary>
internal static class WahaEndpoint
{
    // Engines put previews of pictures into their raw data, which is not kept.
    private const int LargestBody = 1024 * 1024;

    public static void MapWaha(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/whatsapp/waha", ReceiveAsync).AnswerRefusals();

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, GroupInbox inbox, WahaReceipts receipts, IOptions<WahaOptions> options, IOptions<RetentionOptions> retention, TimeProvider clock)
    {
        if (!options.Value.IsOpen)
            return Refused.Because(404, $"No container is expected here: {WahaOptions.Section}:HmacKey is not set.");

        var bytes = await WebhookBody.ReadAsync(context, LargestBody);
        if (!IsSigned(context.Request, bytes, options.Value.HmacKey!))
            return Refused.Because(401, "The signature is missing or wrong: X-Webhook-Hmac is the HMAC-SHA512 of the body with the webhook's key, in hexadecimal.");

        using var body = WebhookBody.Parse(bytes);
        var root = body.RootElement;
        if (root.TextOf("event") == "message.ack" && root.TextOf("session") == options.Value.Session && root.Of("payload") is { } receipt)
            return await receipts.TakeAsync(receipt) ? Results.Ok() : Refused.Because(503, "The message is still being sent. Tell it again.");

        var now = clock.GetUtcNow();
        // What is older than the ids that are remembered could be told twice.
        if (WahaEvent.Read(root, options.Value.Session, now) is { } read && read.Told.At > now - retention.Value.Inbox)
            await inbox.AcceptAsync(WahaCarrier.ChannelName, read.Id, read.Told, context.RequestAborted);
        return Results.Ok();
    }

    private static bool IsSigned(HttpRequest request, byte[] body, string key) =>
        request.Headers["X-Webhook-Hmac-Algorithm"].ToString() is "" or "sha512"
        && Signature.IsSame(request.Headers["X-Webhook-Hmac"], HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), body));
}
