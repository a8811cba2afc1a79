using System.Diagnostics.CodeAnalysis;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Changes whether and when a participant gets photos. Each change is effective from the commit on and can be repeated.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Callers hold the service, whichever wish it is.")]
public sealed class DeliveryWishes(IOutbox outbox, TimeProvider clock)
{
    /// <summary>Opts out: pending deliveries are withheld, and nothing is sent that the participant does not ask for.</summary>
    public async Task StopAsync(Session session, ParticipantId participant)
    {
        await ParticipantTable.StopAsync(session, participant, clock.GetUtcNow());
        await DistributionTable.WithholdAllAsync(session, participant, Withheld.Stopped);
    }

    /// <summary>Opts in again; photos posted in between are not sent.</summary>
    public Task StartAsync(Session session, ParticipantId participant) => ParticipantTable.StartAsync(session, participant);

    /// <summary>Pauses photos until the participant resumes; photos posted in between are never sent.</summary>
    public async Task PauseAsync(Session session, ParticipantId participant)
    {
        await ParticipantTable.PauseAsync(session, participant, clock.GetUtcNow());
        await DistributionTable.WithholdAllAsync(session, participant, Withheld.Paused);
    }

    public Task ResumeAsync(Session session, ParticipantId participant) => ParticipantTable.ResumeAsync(session, participant);

    /// <summary>One album in the evening; see <see cref="DistributionOptions.Album"/>.</summary>
    public Task DailyAsync(Session session, ParticipantId participant) => ParticipantTable.WantAlbumAsync(session, participant, daily: true);

    /// <summary>Photos at once; those waiting for the evening are sent now.</summary>
    public async Task InstantAsync(Session session, ParticipantId participant)
    {
        await ParticipantTable.WantAlbumAsync(session, participant, daily: false);
        foreach (var delivery in await AlbumDeliveries.ReleaseWaitingAsync(session, participant))
            await outbox.SendAsync(session, new SendMedia(delivery, participant));
    }
}
