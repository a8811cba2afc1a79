using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Registrations in the database.</summary>
internal sealed class Registrations(IOutbox outbox, TimeProvider clock) : IRegistrations
{
    private const int LongestName = 60;
    private const int MostPhotos = 10;

    public async Task BeginAsync(Session session, NewPerson person)
    {
        if (person.Name.Length is 0 or > LongestName)
            throw new ArgumentException($"A name has 1 to {LongestName} characters.", nameof(person));
        if (person.Photos.Count is 0 or > MostPhotos)
            throw new ArgumentException($"A person is learned from 1 to {MostPhotos} photos.", nameof(person));

        var now = clock.GetUtcNow();
        if (!await PersonTable.AddAsync(session, person.Person, person.Group, person.Name, now))
            return;

        await PersonTable.AddGuardianAsync(session, person.Person, person.Owner, now);
        await PersonTable.AddConsentAsync(session, person.Person, person.Owner, person.ConsentVersion, person.ConsentText, now);
        foreach (var photo in person.Photos)
            await PersonTable.AddPhotoAsync(session, person.Person, photo.Media, photo.Box);
        await outbox.SendAsync(session, new Messages.ConnectPerson(person.Person));
    }

    public Task<IReadOnlyList<RegisteredPerson>> OfAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<RegisteredPerson>(
            """
            SELECT p.id AS person, p.name, p.group_id AS "group", p.state FROM persons p
            JOIN guardians g ON g.person_id = p.id
            WHERE g.participant_id = @participant ORDER BY p.created_at, p.id
            """,
            new { participant });
}
