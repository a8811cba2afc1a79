using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Sends the waiting photos whose evening has come, by the clock of their group.</summary>
internal sealed class AlbumsOfTheDay(Database database, IOptions<DistributionOptions> options, TimeProvider clock) : IStep<GatherAlbums>
{
    public async Task<Effects> HandleAsync(GatherAlbums message, CancellationToken cancellation)
    {
        var waiting = await database.ReadAsync(AlbumDeliveries.WaitingAsync, cancellation);
        var effects = new Effects();
        foreach (var album in waiting.Where(IsDue).GroupBy(row => row.ParticipantId, row => row.Id))
            effects.Change((session, outbox) => CloseAsync(session, outbox, album.Key, [.. album]));
        return effects;
    }

    private static async Task CloseAsync(Session session, IOutbox outbox, ParticipantId participant, IReadOnlyList<DeliveryId> deliveries)
    {
        var album = new DeliveryId($"album-{DeliveryId.New()}");
        if (await AlbumDeliveries.CloseAlbumAsync(session, album, deliveries))
            await outbox.SendAsync(session, new SendAlbum(participant, album));
    }

    private bool IsDue(WaitingDelivery row) =>
        TimerSettings.ScheduleOf($"{DistributionOptions.Section}:Album", options.Value.Album, row.TimeZone)
            .After(DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)) <= clock.GetUtcNow();
}
