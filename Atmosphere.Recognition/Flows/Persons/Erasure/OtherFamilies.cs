using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Others who had to do with a person that is removed: guardians beside the owner, and whoever asked to become one.</summary>
internal sealed class OtherFamilies(IOutbox outbox, TimeProvider clock)
{
    /// <summary>Ends what is open about the person, and tells those whom it concerns; not whoever asked for the removal.</summary>
    /// <param name="silently">Nobody is told.</param>
    public async Task TellAsync(Session session, ErasureId erasure, PersonId person, ParticipantId? remover, bool silently)
    {
        var row = new { person };
        var askers = await session.QueryAsync<ParticipantId>(
            "SELECT from_id FROM requests WHERE person_id = @person AND kind = 'guardian' AND state = 'open'", row);
        await EndAsync(session, "person_id = @id", person.Value);
        if (silently)
            return;

        var guardians = await session.QueryAsync<ParticipantId>(
            """
            SELECT g.participant_id FROM guardians g JOIN participants p ON p.id = g.participant_id AND p.forgetting_at IS NULL
            WHERE g.person_id = @person AND g.role <> 'owner'
            """,
            row);
        foreach (var guardian in guardians.Where(guardian => guardian != remover))
            await outbox.SendAsync(session, new PersonRemoved(erasure, guardian, WasGuardian: true));
        foreach (var asker in askers.Except(guardians))
            await outbox.SendAsync(session, new PersonRemoved(erasure, asker, WasGuardian: false));
    }

    /// <summary>Somebody who is to answer is forgotten: whoever waits for the answer is told that there will be none.</summary>
    public async Task EndRequestsToAsync(Session session, ErasureId erasure, ParticipantId participant, bool silently)
    {
        var askers = await session.QueryAsync<ParticipantId>(
            "SELECT from_id FROM requests WHERE to_id = @participant AND kind = 'guardian' AND state = 'open'", new { participant });
        await EndAsync(session, "(to_id = @id OR from_id = @id)", participant.Value);
        foreach (var asker in silently ? [] : askers)
            await outbox.SendAsync(session, new PersonRemoved(erasure, asker, WasGuardian: false));
    }

    /// <summary>Ended, and without the name and the consent that it was about.</summary>
    private Task<int> EndAsync(Session session, string which, string id) =>
        session.ExecuteAsync(
            $"UPDATE requests SET state = 'expired', ended_at = @now, details = '{{}}' WHERE state = 'open' AND {which}",
            new { id, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
}
