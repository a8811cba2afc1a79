using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>When, and whether at all, a participant wishes to be sent photos. Every wish holds from the commit on and can be repeated.</summary>
public sealed class DeliveryWishes(IOutbox outbox, TimeProvider clock)
{
    /// <summary>They opt out: what was prepared for them is not sent any more, nor is anything else that they did not ask for.</summary>
    public async Task StopAsync(Session session, ParticipantId participant)
    {
        await SetAsync(session, "stopped_at = COALESCE(stopped_at, @now)", participant);
        await DistributionTable.WithholdAllAsync(session, participant, Withheld.Stopped);
    }

    /// <summary>They opt in again; what was posted meanwhile is not sent.</summary>
    public Task StartAsync(Session session, ParticipantId participant) => SetAsync(session, "stopped_at = NULL", participant);

    /// <summary>No photos until they resume; those of the time between are never sent.</summary>
    public async Task PauseAsync(Session session, ParticipantId participant)
    {
        await SetAsync(session, "paused_at = COALESCE(paused_at, @now)", participant);
        await DistributionTable.WithholdAllAsync(session, participant, Withheld.Paused);
    }

    public Task ResumeAsync(Session session, ParticipantId participant) => SetAsync(session, "paused_at = NULL", participant);

    /// <summary>One album in the evening; see <see cref="DistributionOptions.Album"/>.</summary>
    public Task DailyAsync(Session session, ParticipantId participant) => SetAsync(session, "album = 'daily'", participant);

    /// <summary>Photos at once; those that wait for the evening go out now.</summary>
    public async Task InstantAsync(Session session, ParticipantId participant)
    {
        await SetAsync(session, "album = 'instant'", participant);
        var waiting = await session.QueryAsync<DeliveryId>(
            """
            UPDATE media_distributions SET album = NULL
            WHERE participant_id = @participant AND album = 'waiting' AND state = 'pending' RETURNING id
            """,
            new { participant });
        foreach (var delivery in waiting)
            await outbox.SendAsync(session, new SendMedia(delivery, participant));
    }

    private Task<int> SetAsync(Session session, string wish, ParticipantId participant) =>
        session.ExecuteAsync(
            $"UPDATE participants SET {wish} WHERE id = @participant", new { participant, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
}
