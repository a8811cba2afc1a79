using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>If a group requires it, a teacher confirms a registered person before anything is delivered.</summary>
internal static class Confirmations
{
    /// <summary>
    /// Asks every teacher who may confirm; the first answer counts. Does nothing if none is required or no teacher exists.
    /// </summary>
    public static async Task AskAsync(Session session, IOutbox outbox, PersonRow person, DateTimeOffset now)
    {
        if (!await ConfirmedPersons.IsUnconfirmedAsync(session, person.Id) || !await GroupTable.IsActiveAsync(session, person.GroupId))
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

    /// <summary>Confirms the person: photos are delivered from now on, including earlier ones that still exist.</summary>
    /// <param name="by">Null: an operator.</param>
    public static async Task ConfirmAsync(Session session, IOutbox outbox, PersonId person, ParticipantId? by, DateTimeOffset now)
    {
        if (!await ConfirmedPersons.ConfirmAsync(session, person, by, now))
            return;

        foreach (var photo in await PhotoTable.DistributedWithAsync(session, person))
            await outbox.SendAsync(session, new DistributePhoto(photo));
    }
}
