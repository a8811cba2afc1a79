using System.Globalization;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>
/// POST /whatsapp/twilio/status: Twilio's delivery reports: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status.
/// The address contains our delivery id, and the signature covers the address.
/// </summary>
internal static class TwilioStatusEndpoint
{
    public const string Path = "/whatsapp/twilio/status";

    /// <summary>Query parameter with our delivery id.</summary>
    public const string Delivery = "delivery";

    private const int LongestId = 200;

    public static void MapTwilioStatus(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Path, async (HttpContext context, TwilioDoor door, Database database, IOutbox outbox) =>
        {
            if (Read(context.Request.Query[Delivery].ToString(), await door.ReadAsync(context)) is { } report)
                await database.WriteAsync(session => StoreAsync(session, outbox, report), CancellationToken.None);
            return TwilioEndpoints.Nothing;
        }).AnswerRefusals();

    /// <summary>Reports about messages that we did not send are ignored.</summary>
    private static async Task StoreAsync(Session session, IOutbox outbox, DeliveryReported report)
    {
        if (await ReplyStore.ExistsAsync(session, report.Delivery.Value) || await Deliveries.IsSentAsAsync(session, report.Delivery, report.VendorId))
            await outbox.SendAsync(session, report);
    }

    /// <returns>Null if the status is not tracked.</returns>
    private static DeliveryReported? Read(string delivery, TwilioForm form)
    {
        DeliveryStatus? status = form["MessageStatus"] switch
        {
            "accepted" or "scheduled" or "queued" or "sending" or "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "read" => DeliveryStatus.Read,
            "failed" or "undelivered" or "canceled" => DeliveryStatus.Failed,
            _ => null,
        };
        if (delivery.Length is 0 or > LongestId || form["MessageSid"] is not { Length: <= 64 } sid || status is not { } known)
            return null;
        int? error = int.TryParse(form["ErrorCode"], NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
        return new DeliveryReported(new DeliveryId(delivery), sid, known, error);
    }
}
