using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>
/// Whoever says that their child is another one than the registered child it looks like is not believed at once: from then on colleagues look
/// at every photo of the first, so that a stranger could silence a family. A teacher of the group says whether there is such a child; where
/// there is no teacher, the owner of the first does. Until then nothing is learned and nothing changes for the first.
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

    /// <summary>The person is learned now.</summary>
    public static async Task AdmitAsync(Session session, IOutbox outbox, PersonId person)
    {
        if (await PersonTable.AdmitAsync(session, person))
            await outbox.SendAsync(session, new Messages.ConnectPerson(person));
    }
}
