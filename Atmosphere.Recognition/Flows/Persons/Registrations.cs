using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

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

        // The turn is not committed then, and its photos go with everything else of the participant.
        if (await IsForgottenAsync(session, person.Owner))
            throw new InvalidOperationException("Whoever registers is being forgotten, so nothing of theirs is registered any more.");

        var now = clock.GetUtcNow();
        if (!await PersonTable.AddAsync(session, person.Person, person.Group, person.Name, person.LookAlike, now))
            return;

        await PersonTable.AddGuardianAsync(session, person.Person, person.Owner, "owner", now);
        await PersonTable.AddConsentAsync(
            session, person.Person, person.Owner, new Consent(person.ConsentVersion, person.ConsentText, person.ConsentPurpose, now));
        foreach (var photo in person.Photos)
            await PersonTable.AddPhotoAsync(session, person.Person, photo.Media, photo.Box);
        await outbox.SendAsync(session, new Messages.ConnectPerson(person.Person));
    }

    public Task<IReadOnlyList<RegisteredPerson>> OfAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<RegisteredPerson>(
            """
            SELECT p.id AS person, p.name, p.group_id AS "group", p.state, g.role FROM persons p
            JOIN guardians g ON g.person_id = p.id
            WHERE g.participant_id = @participant AND p.state <> 'erasing'
                AND NOT (p.state = 'failed' AND EXISTS (SELECT 1 FROM requests r WHERE r.pending_id = p.id))
            ORDER BY p.created_at, p.id
            """,
            new { participant });

    public async Task<bool> AddGuardianAsync(Session session, PersonId person, ParticipantId guardian, Consent consent)
    {
        var may = await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM persons p
            JOIN groups g ON g.id = p.group_id AND g.ended_at IS NULL
            JOIN group_participants m ON m.group_id = p.group_id AND m.participant_id = @guardian
            JOIN participants t ON t.id = m.participant_id AND t.forgetting_at IS NULL
            WHERE p.id = @person AND p.state IN ('connecting', 'connected')
            """,
            new { person, guardian });
        if (may == 0)
            return false;

        await PersonTable.AddGuardianAsync(session, person, guardian, "guardian", clock.GetUtcNow());
        await PersonTable.AddConsentAsync(session, person, guardian, consent);
        return true;
    }

    public async Task<KnownPerson?> FindAsync(Session session, PersonId person)
    {
        if (await PersonTable.FindAsync(session, person) is not { State: "connecting" or "connected" } found)
            return null;
        var group = await session.QuerySingleOrDefaultAsync<string>("SELECT name FROM groups WHERE id = @GroupId", new { found.GroupId });
        var portrait = await session.QuerySingleOrDefaultAsync<string>("SELECT portrait FROM persons WHERE id = @person", new { person });
        return new KnownPerson(found.Id, found.Name, found.GroupId, group ?? "", found.Owner, portrait is null ? null : new MediaKey(portrait));
    }

    public async Task<bool> IsConfirmedAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM persons p JOIN groups g ON g.id = p.group_id WHERE p.id = @person AND (g.confirms = 0 OR p.confirmed_at IS NOT NULL)",
            new { person }) > 0;

    private static async Task<bool> IsForgottenAsync(Session session, ParticipantId participant) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM participants WHERE id = @participant AND forgetting_at IS NOT NULL", new { participant }) > 0;
}
