using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Marks what is to be forgotten, so that from now on nobody writes, sends or shows it, and asks the flow for the rest.</summary>
internal sealed class Erasures(IOutbox outbox, ErasureLog log, OtherFamilies others, TimeProvider clock) : IErasures
{
    public async Task RemovePersonAsync(Session session, PersonId person, ParticipantId by)
    {
        if (await session.QuerySingleOrDefaultAsync<string>("SELECT state FROM persons WHERE id = @person", new { person }) is null)
            return;
        var role = await session.QuerySingleOrDefaultAsync<string>(
            "SELECT role FROM guardians WHERE person_id = @person AND participant_id = @by", new { person, by });
        if (role != "owner")
            throw new UnauthorizedAccessException("Only the guardian who registered a person may remove it; ask that guardian.");
        _ = await RemoveAsync(session, person, by);
    }

    public Task ForgetParticipantAsync(Session session, ParticipantId participant) => ForgetAsync(session, participant, silently: false);

    public async Task EndGroupAsync(Session session, GroupId group)
    {
        var ended = await session.ExecuteAsync(
            "UPDATE groups SET ended_at = @at, address = NULL, erasing = 1 WHERE id = @group AND erasing = 0",
            new { group, at = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        if (ended == 0)
            return;

        _ = await session.ExecuteAsync("UPDATE persons SET state = 'erasing' WHERE group_id = @group", new { group });
        _ = await session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'withheld', error = 'The group has ended.'
            WHERE state IN ('pending', 'sending') AND photo_id IN (SELECT id FROM photos WHERE group_id = @group)
            """,
            new { group });
        var erasure = await BeginAsync(session, "group", group.Value, null);
        await outbox.SendAsync(session, new Messages.EndGroup(erasure, group));
    }

    public async Task<bool> LeavePersonAsync(Session session, PersonId person, ParticipantId by)
    {
        var role = await session.QuerySingleOrDefaultAsync<string>(
            "SELECT g.role FROM guardians g JOIN persons p ON p.id = g.person_id AND p.state <> 'erasing' WHERE g.person_id = @person AND g.participant_id = @by",
            new { person, by });
        if (role is null or "owner")
            return false;

        await PersonDeliveries.WithholdAsync(session, person, by);
        await Guardianships.EndAsync(session, person, by);
        return true;
    }

    /// <param name="receiver">Who gets the receipt; null: nobody.</param>
    /// <param name="silently">Without a word to others: it is done once more.</param>
    /// <returns>False where it was asked for before.</returns>
    internal async Task<bool> RemoveAsync(Session session, PersonId person, ParticipantId? receiver, bool silently = false)
    {
        if (await session.ExecuteAsync("UPDATE persons SET state = 'erasing' WHERE id = @person AND state <> 'erasing'", new { person }) == 0)
            return false;

        await PersonDeliveries.WithholdAsync(session, person);
        var group = await session.QuerySingleOrDefaultAsync<GroupId>("SELECT group_id FROM persons WHERE id = @person", new { person });
        var erasure = await BeginAsync(session, "person", person.Value, CollectionId.Of(group));
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

    /// <param name="silently">Without a goodbye.</param>
    internal async Task ForgetAsync(Session session, ParticipantId participant, bool silently)
    {
        var begun = await session.ExecuteAsync(
            "UPDATE participants SET forgetting_at = @at WHERE id = @participant AND forgetting_at IS NULL",
            new { participant, at = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        if (begun == 0)
            return;

        await LeaveAllAsync(session, participant, silently);
        _ = await session.ExecuteAsync(
            "UPDATE media_distributions SET state = 'withheld', error = 'The recipient is forgotten.' WHERE participant_id = @participant AND state IN ('pending', 'sending')",
            new { participant });
        var erasure = await BeginAsync(session, "participant", participant.Value, null);
        await others.EndRequestsToAsync(session, erasure, participant, silently);
        await outbox.SendAsync(session, new Messages.ForgetParticipant(erasure, participant, silently));
    }

    /// <summary>
    /// Whoever is a guardian beside the owner leaves; an owner is followed by the guardian who joined first and gave a consent of their own.
    /// A consent is nobody else's: a person for whom nobody else gave one is removed.
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

            await Guardianships.EndAsync(session, left.PersonId, participant);
            if (left.Role != "owner")
                continue;

            await Guardianships.OwnAsync(session, left.PersonId, left.Next!.Value);
            if (!silently)
                await outbox.SendAsync(session, new OwnershipPassed(left.PersonId, left.Next!.Value));
        }
    }
}
