using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Finds the photos that waited for an evening which has come, by the clock of their group.</summary>
internal sealed class AlbumsOfTheDay(Database database, IOptions<DistributionOptions> options, TimeProvider clock) : IStep<GatherAlbums>
{
    internal const string Waiting =
        """
        SELECT d.id, d.participant_id, d.created_at, g.time_zone FROM media_distributions d
        JOIN photos p ON p.id = d.photo_id JOIN groups g ON g.id = p.group_id
        WHERE d.album = 'waiting' AND d.state = 'pending'
        """;

    public async Task<Effects> HandleAsync(GatherAlbums message, CancellationToken cancellation)
    {
        var waiting = await database.ReadAsync(session => session.QueryAsync<Row>(Waiting), cancellation);
        var effects = new Effects();
        foreach (var album in waiting.Where(IsDue).GroupBy(row => row.ParticipantId, row => row.Id.Value))
            effects.Change((session, outbox) => CloseAsync(session, outbox, album.Key, [.. album]));
        return effects;
    }

    private static async Task CloseAsync(Session session, IOutbox outbox, ParticipantId participant, IReadOnlyList<string> deliveries)
    {
        var album = new DeliveryId($"album-{DeliveryId.New()}");
        var closed = await session.ExecuteAsync(
            "UPDATE media_distributions SET album = @album WHERE id IN @deliveries AND album = 'waiting' AND state = 'pending'", new { album, deliveries });
        if (closed > 0)
            await outbox.SendAsync(session, new SendAlbum(participant, album));
    }

    private bool IsDue(Row row) =>
        TimerSettings.ScheduleOf($"{DistributionOptions.Section}:Album", options.Value.Album, row.TimeZone)
            .After(DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)) <= clock.GetUtcNow();

    private sealed record Row
    {
        public DeliveryId Id { get; init; }

        public ParticipantId ParticipantId { get; init; }

        public long CreatedAt { get; init; }

        public string TimeZone { get; init; } = "";
    }
}
