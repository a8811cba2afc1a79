using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Marks data for erasure, so that from now on it is not written, sent or shown, and starts the flow for the rest.</summary>
internal sealed class Erasures(IOutbox outbox, ErasureLog log, OtherGuardians others, TimeProvider clock) : IErasures
{
    public async Task RemovePersonAsync(Session session, PersonId person, ParticipantId by)
    {
        if (!await PersonTable.ExistsAsync(session, person))
            return;
        if (await Guardianships.RoleAsync(session, person, by) != "owner")
            throw new UnauthorizedAccessException("Only the guardian who registered a person may remove it; ask that guardian.");
        _ = await RemoveAsync(session, person, by);
    }

    public Task RefusePersonAsync(Session session, PersonId person) => RemoveAsync(session, person, receiver: null, silently: true);

    public Task ForgetParticipantAsync(Session session, ParticipantId participant) => ForgetAsync(session, participant, silently: false);

    public async Task EndGroupAsync(Session session, GroupId group)
    {
        if (!await GroupTable.BeginErasingAsync(session, group, clock.GetUtcNow()))
            return;
        await PersonTable.BeginErasingAsync(session, group);
        await DistributionTable.WithholdAllAsync(session, group);
        var erasure = await BeginAsync(session, "group", group.Value, null);
        await outbox.SendAsync(session, new Messages.EndGroup(erasure, group));
    }

    public async Task<bool> LeavePersonAsync(Session session, PersonId person, ParticipantId by)
    {
        if (await PersonTable.StateAsync(session, person) is "erasing" || await Guardianships.RoleAsync(session, person, by) is null or "owner")
            return false;

        await PersonDeliveries.WithholdAsync(session, person, by);
        await Guardianships.EndAsync(session, person, by, clock.GetUtcNow());
        return true;
    }

    /// <param name="receiver">The participant who gets the receipt; null: no receipt.</param>
    /// <param name="silently">True for a repeated erasure: other users are not told.</param>
    /// <returns>False if it was requested before.</returns>
    internal async Task<bool> RemoveAsync(Session session, PersonId person, ParticipantId? receiver, bool silently = false)
    {
        if (!await PersonTable.BeginErasingAsync(session, person))
            return false;

        await PersonDeliveries.WithholdAsync(session, person);
        await ConsentLedger.WithdrawAsync(session, person, null, clock.GetUtcNow());
        var group = await PersonTable.GroupAsync(session, person);
        var erasure = await BeginAsync(session, "person", person.Value, CollectionId.Of(group!.Value));
        await outbox.SendAsync(session, new Messages.DeleteUser(erasure, person, receiver));
        await others.TellAsync(session, erasure, person, receiver, silently);
        return true;
    }

    private async Task<ErasureId> BeginAsync(Session session, string kind, string id, CollectionId? collection)
    {
        var (erasure, now) = (ErasureId.New(), clock.GetUtcNow());
        await ErasureTable.BeginAsync(session, erasure, kind, collection, now);
        await log.AppendAsync(new Tombstone(now.ToUnixTimeMilliseconds(), kind, erasure.Value, id, []), CancellationToken.None);
        return erasure;
    }

    /// <param name="silently">True: no goodbye.</param>
    internal async Task ForgetAsync(Session session, ParticipantId participant, bool silently)
    {
        if (!await ParticipantTable.BeginForgettingAsync(session, participant, clock.GetUtcNow()))
            return;

        await LeaveAllAsync(session, participant, silently);
        await DistributionTable.ForgetRecipientAsync(session, participant);
        var erasure = await BeginAsync(session, "participant", participant.Value, null);
        await others.EndRequestsToAsync(session, erasure, participant, silently);
        await outbox.SendAsync(session, new Messages.ForgetParticipant(erasure, participant, silently));
    }

    /// <summary>
    /// Ends all guardianships of a participant. An owner is followed by the guardian who joined first and gave their own consent; a person
    /// without another consenting guardian is removed.
    /// </summary>
    internal async Task LeaveAllAsync(Session session, ParticipantId participant, bool silently)
    {
        foreach (var left in await Guardianships.OfAsync(session, participant))
        {
            if (left.Role == "owner" && left.Next is null)
            {
                _ = await RemoveAsync(session, left.PersonId, receiver: null, silently);
                continue;
            }

            await Guardianships.EndAsync(session, left.PersonId, participant, clock.GetUtcNow());
            if (left.Role != "owner")
                continue;

            await Guardianships.OwnAsync(session, left.PersonId, left.Next!.Value);
            if (!silently)
                await outbox.SendAsync(session, new OwnershipPassed(left.PersonId, left.Next!.Value));
        }
    }
}
