using System.Diagnostics.CodeAnalysis;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>When, and whether at all, a participant wishes to be sent photos. Every wish holds from the commit on and can be repeated.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Callers hold the service, whichever wish it is.")]
public sealed class DeliveryWishes(IOutbox outbox, TimeProvider clock)
{
    /// <summary>They opt out: what was prepared for them is not sent any more, nor is anything else that they did not ask for.</summary>
    public async Task StopAsync(Session session, ParticipantId participant)
    {
        await ParticipantTable.StopAsync(session, participant, clock.GetUtcNow());
        await DistributionTable.WithholdAllAsync(session, participant, Withheld.Stopped);
    }

    /// <summary>They opt in again; what was posted meanwhile is not sent.</summary>
    public Task StartAsync(Session session, ParticipantId participant) => ParticipantTable.StartAsync(session, participant);

    /// <summary>No photos until they resume; those of the time between are never sent.</summary>
    public async Task PauseAsync(Session session, ParticipantId participant)
    {
        await ParticipantTable.PauseAsync(session, participant, clock.GetUtcNow());
        await DistributionTable.WithholdAllAsync(session, participant, Withheld.Paused);
    }

    public Task ResumeAsync(Session session, ParticipantId participant) => ParticipantTable.ResumeAsync(session, participant);

    /// <summary>One album in the evening; see <see cref="DistributionOptions.Album"/>.</summary>
    public Task DailyAsync(Session session, ParticipantId participant) => ParticipantTable.WantAlbumAsync(session, participant, daily: true);

    /// <summary>Photos at once; those that wait for the evening go out now.</summary>
    public async Task InstantAsync(Session session, ParticipantId participant)
    {
        await ParticipantTable.WantAlbumAsync(session, participant, daily: false);
        foreach (var delivery in await DistributionTable.ReleaseWaitingAsync(session, participant))
            await outbox.SendAsync(session, new SendMedia(delivery, participant));
    }
}
