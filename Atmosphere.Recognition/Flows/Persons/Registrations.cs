using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Stores registrations in the database.</summary>
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

        // The turn is then rolled back, and its photos are erased with the rest of the participant's data.
        if (await ParticipantTable.IsForgottenAsync(session, person.Owner))
            throw new InvalidOperationException("The participant is being erased, so no registration of theirs is stored.");

        var now = clock.GetUtcNow();
        if (!await PersonTable.AddAsync(session, person.Person, person.Group, person.Name, person.LookAlike, person.AsksTeacher, now))
            return;

        await PersonTable.AddGuardianAsync(session, person.Person, person.Owner, "owner", now);
        await PersonTable.AddConsentAsync(
            session, person.Person, person.Owner, new Consent(person.ConsentVersion, person.ConsentText, person.ConsentPurpose, now) { Said = person.ConsentSaid });
        foreach (var photo in person.Photos)
            await EnrolmentPhotoTable.AddPhotoAsync(session, person.Person, photo.Media, photo.Box);
        await outbox.SendAsync(session, new Messages.ConnectPerson(person.Person));
    }

    public async Task<IReadOnlyList<RegisteredPerson>> OfAsync(Session session, ParticipantId participant) =>
        [.. (await FamilyTable.ChildrenAsync(session, participant)).Select(child => new RegisteredPerson(child.Id, child.Name, child.GroupId, StateOf(child), child.Role))];

    public async Task<bool> AddGuardianAsync(Session session, PersonId person, ParticipantId guardian, Consent consent, WayToJoin way)
    {
        if (!await PersonTable.MayBeGuardedByAsync(session, person, guardian))
            return false;

        await PersonTable.AddGuardianAsync(session, person, guardian, "guardian", clock.GetUtcNow(), way);
        await PersonTable.AddConsentAsync(session, person, guardian, consent);
        return true;
    }

    public async Task<KnownPerson?> FindAsync(Session session, PersonId person)
    {
        if (await PersonTable.FindAsync(session, person) is not { State: "connecting" or "connected" } found)
            return null;
        return new KnownPerson(
            found.Id, found.Name, found.GroupId, await GroupTable.NameAsync(session, found.GroupId) ?? "", found.Owner, await PersonTable.PortraitAsync(session, person))
        {
            IsAdmitted = found.IsAdmitted,
            WasConfirmed = found.ConfirmedAt is not null,
            ConfirmedBy = found.ConfirmedBy,
        };
    }

    public Task<bool> IsConfirmedAsync(Session session, PersonId person) => ConfirmedPersons.IsConfirmedAsync(session, person);

    /// <summary>
    /// A learned child whose confirmation is open is listed like one that is not learned: the difference would tell whether its face was known.
    /// </summary>
    private static string StateOf(ChildRow child) => child is { State: "connected", Confirms: not 0, ConfirmedAt: null } ? "connecting" : child.State;
}
