using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>
/// Tells the other users affected by the removal of a person: guardians other than the owner, and users who asked to become one.
/// </summary>
internal sealed class OtherGuardians(IOutbox outbox, TimeProvider clock)
{
    /// <summary>Ends open requests about the person and tells the users concerned, except the one who removed the person.</summary>
    /// <param name="silently">True: nobody is told.</param>
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

    /// <summary>After the erasure of a participant who had requests to answer: tells the requesters that there will be no answer.</summary>
    public async Task EndRequestsToAsync(Session session, ErasureId erasure, ParticipantId participant, bool silently)
    {
        var askers = await RequestTable.AskersOfAsync(session, participant);
        await RequestTable.EndAllAsync(session, participant, clock.GetUtcNow());
        foreach (var asker in silently ? [] : askers)
            await outbox.SendAsync(session, new PersonRemoved(erasure, asker, WasGuardian: false));
    }
}
