using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Where a group asks for it, a teacher says that a registered person belongs there, before anything is delivered.</summary>
internal static class Confirmations
{
    /// <summary>Asks every teacher who may say so; the first answer counts. Where the group asks for nothing, or nobody is there to ask, nothing happens.</summary>
    public static async Task AskAsync(Session session, IOutbox outbox, PersonRow person, DateTimeOffset now)
    {
        if (!await PersonTable.IsUnconfirmedAsync(session, person.Id) || !await GroupTable.IsActiveAsync(session, person.GroupId))
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

        foreach (var photo in await PhotoTable.DistributedWithAsync(session, person))
            await outbox.SendAsync(session, new DistributePhoto(photo));
    }
}
