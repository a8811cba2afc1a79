using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>Deliveries of photos that an operator decides about: nobody knows whether they arrived, they failed, or they wait. Works beside a running server.</summary>
public sealed class OperatorDeliveries
{
    private readonly Database _database;
    private readonly IMediaStore _media;
    private readonly IOutbox _outbox;

    internal OperatorDeliveries(Database database, IMediaStore media, IOutbox outbox) => (_database, _media, _outbox) = (database, media, outbox);

    /// <summary>Those to decide about, the last one first.</summary>
    /// <param name="state">unknown, failed, or pending: it waits until the parent writes; null: any of these.</param>
    /// <param name="limit">At most so many.</param>
    public Task<IReadOnlyList<OpenDelivery>> ListAsync(DeliveryState? state, int limit, CancellationToken cancellation = default) =>
        _database.ReadAsync(
            session => OpenDeliveries.ListAsync(session, state, limit),
            cancellation);

    /// <summary>Sends it again, as if it had never been sent; consent is asked for again. An unknown one may arrive twice.</summary>
    /// <param name="delivery">One of the list.</param>
    /// <param name="reopen">What its channel must forget, in the same transaction.</param>
    /// <returns>False where there is nothing to decide any more.</returns>
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

    /// <summary>Never sends it again; it is withheld.</summary>
    /// <returns>False where there is nothing to decide any more.</returns>
    public Task<bool> DropAsync(DeliveryId delivery, CancellationToken cancellation = default) =>
        _database.WriteAsync(session => OpenDeliveries.DropAsync(session, delivery), cancellation);
}
