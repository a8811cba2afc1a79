using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Handles a container's delivery reports (event message.ack).</summary>
internal sealed class WahaReceipts(Database database, IOutbox outbox)
{
    /// <returns>False if the report may concern a message whose call is still in progress: it must be repeated.</returns>
    public async Task<bool> TakeAsync(JsonElement payload)
    {
        if (!payload.IsTrue("fromMe") || WahaIds.KeyOf(payload) is not { Length: <= 64 } key || StatusOf(payload) is not { } status)
            return true;

        var (delivery, isOpen) = await database.ReadAsync(session => FindAsync(session, key), CancellationToken.None);
        if (delivery is null)
            return !isOpen;
        await database.WriteAsync(
            session => outbox.SendAsync(session, new DeliveryReported(new DeliveryId(delivery), key, status, null)), CancellationToken.None);
        return true;
    }

    private static async Task<(string? Delivery, bool IsOpen)> FindAsync(Session session, string key) => (
        await ReplyStore.SentAsAsync(session, key) ?? (await Deliveries.SentAsAsync(session, key))?.Value,
        await ReplyStore.IsInCallAsync(session, WhatsAppAddress.Channel));

    private static DeliveryStatus? StatusOf(JsonElement payload) => payload.NumberOf("ack") switch
    {
        -1 => DeliveryStatus.Failed,
        1 => DeliveryStatus.Sent,
        2 => DeliveryStatus.Delivered,
        3 or 4 => DeliveryStatus.Read,
        _ => null,
    };
}
