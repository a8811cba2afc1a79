using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Others who had to do with a person that is removed: guardians beside the owner, and whoever asked to become one.</summary>
internal sealed class OtherGuardians(IOutbox outbox, TimeProvider clock)
{
    /// <summary>Ends what is open about the person, and tells those whom it concerns; not whoever asked for the removal.</summary>
    /// <param name="silently">Nobody is told.</param>
    public async Task TellAsync(Session session, ErasureId erasure, PersonId person, ParticipantId? remover, bool silently)
    {
        var askers = await RequestTable.AskersAsync(session, person);
        await RequestTable.EndAllAsync(session, person, clock.GetUtcNow());
        if (silently)
            return;

        var guardians = await Guardianships.BesideOwnerAsync(session, person);
        foreach (var guardian in guardians.Where(guardian => guardian != remover))
            await outbox.SendAsync(session, new PersonRemoved(erasure, guardian, WasGuardian: true));
        foreach (var asker in askers.Except(guardians))
            await outbox.SendAsync(session, new PersonRemoved(erasure, asker, WasGuardian: false));
    }

    /// <summary>Somebody who is to answer is forgotten: whoever waits for the answer is told that there will be none.</summary>
    public async Task EndRequestsToAsync(Session session, ErasureId erasure, ParticipantId participant, bool silently)
    {
        var askers = await RequestTable.AskersOfAsync(session, participant);
        await RequestTable.EndAllAsync(session, participant, clock.GetUtcNow());
        foreach (var asker in silently ? [] : askers)
            await outbox.SendAsync(session, new PersonRemoved(erasure, asker, WasGuardian: false));
    }
}
