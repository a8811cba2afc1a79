using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>
/// Lists deliveries that need an operator's decision (unknown, failed or held), and resends or drops them. Works beside a server.
/// </summary>
public sealed class OperatorDeliveries
{
    private readonly Database _database;
    private readonly IMediaStore _media;
    private readonly IOutbox _outbox;

    internal OperatorDeliveries(Database database, IMediaStore media, IOutbox outbox) => (_database, _media, _outbox) = (database, media, outbox);

    /// <summary>The open deliveries, newest first.</summary>
    /// <param name="state">unknown, failed, or pending (held until the parent writes); null: any.</param>
    /// <param name="limit">Maximum number.</param>
    public Task<IReadOnlyList<OpenDelivery>> ListAsync(DeliveryState? state, int limit, CancellationToken cancellation = default) =>
        _database.ReadAsync(
            session => OpenDeliveries.ListAsync(session, state, limit),
            cancellation);

    /// <summary>Resends a delivery as if it had never been sent, after checking consent again. An unknown one may arrive twice.</summary>
    /// <param name="delivery">One of the list.</param>
    /// <param name="reopen">Resets the channel's record, in the same transaction.</param>
    /// <returns>False if there is nothing to decide any more.</returns>
    /// <exception cref="ReplayRefusedException">Its picture is gone.</exception>
    public async Task<bool> ResendAsync(DeliveryId delivery, Func<Session, Task> reopen, CancellationToken cancellation = default)
    {
        var row = await _database.ReadAsync(session => DistributionTable.FindAsync(session, delivery), cancellation);
        if (row is null)
            return false;
        if (row.Media is not { } picture || !await _media.ExistsAsync(picture, cancellation))
            throw new ReplayRefusedException($"The picture of the delivery '{delivery}' is gone; drop it.");
        return await _database.WriteAsync(
            async session =>
            {
                if (!await OpenDeliveries.ReopenAsync(session, delivery))
                    return false;
                await reopen(session);
                await _outbox.SendAsync(session, new SendMedia(delivery));
                return true;
            },
            cancellation);
    }

    /// <summary>Drops a delivery: it is withheld and never sent.</summary>
    /// <returns>False if there is nothing to decide any more.</returns>
    public Task<bool> DropAsync(DeliveryId delivery, CancellationToken cancellation = default) =>
        _database.WriteAsync(session => OpenDeliveries.DropAsync(session, delivery), cancellation);
}
