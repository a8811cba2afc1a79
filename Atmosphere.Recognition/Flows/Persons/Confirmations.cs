using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Where a group asks for it, a teacher says that a registered person belongs there, before anything is delivered.</summary>
internal static class Confirmations
{
    /// <summary>Asks every teacher who may say so; the first answer counts. Where the group asks for nothing, or nobody is there to ask, nothing happens.</summary>
    public static async Task AskAsync(Session session, IOutbox outbox, PersonRow person, DateTimeOffset now)
    {
        var waits = await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM persons p JOIN groups g ON g.id = p.group_id AND g.confirms = 1 AND g.ended_at IS NULL
            WHERE p.id = @Id AND p.state = 'connected' AND p.confirmed_at IS NULL
            """,
            new { person.Id });
        if (waits == 0)
            return;

        var teachers = await Memberships.TeachersAsync(session, person.GroupId);
        if (teachers.Contains(person.Owner))
        {
            await ConfirmAsync(session, outbox, person.Id, person.Owner, now);
            return;
        }

        foreach (var teacher in teachers)
        {
            var id = $"confirmation-{person.Id}-{teacher}";
            if (await RequestTable.AddAsync(session, id, RequestKind.Confirmation, person.Id, person.Owner, teacher, new RequestWish(person.Name, null).Write(), null, now))
                await outbox.SendAsync(session, new RequestMade(id));
        }
    }

    /// <summary>From now on the person's photos are delivered; those that were found until now, too, as far as they still exist.</summary>
    /// <param name="by">Null: an operator.</param>
    public static async Task ConfirmAsync(Session session, IOutbox outbox, PersonId person, ParticipantId? by, DateTimeOffset now)
    {
        if (!await PersonTable.ConfirmAsync(session, person, by, now))
            return;

        var photos = await session.QueryAsync<PhotoId>(
            """
            SELECT DISTINCT f.photo_id FROM faces f JOIN photos p ON p.id = f.photo_id AND p.media IS NOT NULL AND p.distributed_at IS NOT NULL
            WHERE f.person_id = @person AND f.verdict = 'named' AND p.state IN ('processed', 'degraded') ORDER BY f.photo_id
            """,
            new { person });
        foreach (var photo in photos)
            await outbox.SendAsync(session, new DistributePhoto(photo));
    }
}
