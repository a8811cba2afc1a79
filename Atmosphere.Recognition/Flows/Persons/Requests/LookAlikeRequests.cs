using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>
/// Handles the claim that a child is another one than its registered look-alike. It is not accepted at once: it makes colleagues check
/// every photo of the first child, so a stranger could block a family's photos. A teacher of the group decides; without a teacher, the
/// first child's owner. Until then nothing is learned, and nothing changes for the first child.
/// </summary>
internal static class LookAlikeRequests
{
    public static async Task AskAsync(Session session, IOutbox outbox, PersonRow person, PersonRow like, DateTimeOffset now)
    {
        var teachers = await Memberships.TeachersAsync(session, person.GroupId);
        if (teachers.Contains(person.Owner))
        {
            await AdmitAsync(session, outbox, person.Id);
            return;
        }

        foreach (var asked in teachers.Count > 0 ? teachers : [like.Owner])
        {
            var id = $"look-alike-{person.Id}-{asked}";
            var wish = new RequestWish(person.Name, null) { Like = like.Id.Value };
            if (await RequestTable.AddAsync(session, id, RequestKind.LookAlike, person.Id, person.Owner, asked, wish.Write(), null, now))
                await outbox.SendAsync(session, new RequestMade(id));
        }
    }

    /// <summary>Starts learning the person.</summary>
    public static async Task AdmitAsync(Session session, IOutbox outbox, PersonId person)
    {
        if (await PersonTable.AdmitAsync(session, person))
            await outbox.SendAsync(session, new Messages.ConnectPerson(person));
    }
}
