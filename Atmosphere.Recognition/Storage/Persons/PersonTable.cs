using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The tables persons, guardians and consents.</summary>
internal static class PersonTable
{
    // The first version of the consent text that mentions the stored picture of the face.
    private const int ConsentWithPortrait = 2;

    /// <returns>False if the person exists already.</returns>
    public static async Task<bool> AddAsync(Session session, PersonId person, GroupId group, string name, bool lookAlike, bool asksTeacher, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO persons (id, group_id, name, name_key, state, look_alike, asks_teacher, created_at)
            VALUES (@person, @group, @name, @key, 'connecting', @alike, @asks, @now)
            ON CONFLICT (id) DO NOTHING
            """,
            new { person, group, name, key = NameKeys.Of(name), alike = lookAlike ? 1 : 0, asks = asksTeacher ? 1 : 0, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <param name="role">owner or guardian; who is there already keeps theirs.</param>
    /// <param name="way">How the guardian came to be one; null: they registered the person.</param>
    public static Task AddGuardianAsync(Session session, PersonId person, ParticipantId guardian, string role, DateTimeOffset now, WayToJoin? way = null) =>
        session.ExecuteAsync(
            """
            INSERT INTO guardians (person_id, participant_id, role, since, way) VALUES (@person, @guardian, @role, @now, @way)
            ON CONFLICT (person_id, participant_id) DO NOTHING
            """,
            new { person, guardian, role, now = now.ToUnixTimeMilliseconds(), way = way?.Stored() });

    /// <summary>Stores a consent; a new one ends an earlier withdrawal.</summary>
    public static async Task AddConsentAsync(Session session, PersonId person, ParticipantId guardian, Consent consent)
    {
        // A repeated call must not count as a new consent.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(consent.GivenAt.ToUnixTimeMilliseconds());
        if (await ConsentAsync(session, person, guardian) == consent with { GivenAt = at })
            return;
        _ = await session.ExecuteAsync(
            """
            INSERT INTO consents (person_id, participant_id, version, text, purpose, said, given_at)
            VALUES (@person, @guardian, @Version, @Text, @Purpose, @Said, @at)
            ON CONFLICT (person_id, participant_id) DO UPDATE SET
                version = excluded.version, text = excluded.text, purpose = excluded.purpose, said = excluded.said, given_at = excluded.given_at, withdrawn_at = NULL
            """,
            new { person, guardian, consent.Version, consent.Text, consent.Purpose, consent.Said, at = at.ToUnixTimeMilliseconds() });
        await ConsentLedger.GiveAsync(session, person, guardian, consent);
    }

    /// <returns>Null if there is none.</returns>
    public static async Task<Consent?> ConsentAsync(Session session, PersonId person, ParticipantId guardian)
    {
        var row = await session.QuerySingleOrDefaultAsync<(string Version, string Text, string Purpose, string? Said, long At)?>(
            $"SELECT version, text, purpose, said, given_at FROM consents WHERE person_id = @person AND participant_id = @guardian AND {Rules.ConsentStands}", new { person, guardian });
        return row is { } given ? new Consent(given.Version, given.Text, given.Purpose, DateTimeOffset.FromUnixTimeMilliseconds(given.At)) { Said = given.Said } : null;
    }

    /// <summary>The learned faces of the persons guarded by a participant, oldest person first.</summary>
    public static Task<IReadOnlyList<NamedPortrait>> PortraitsAsync(Session session, ParticipantId guardian) =>
        session.QueryAsync<NamedPortrait>(
            """
            SELECT p.id, p.name, p.portrait FROM persons p JOIN guardians g ON g.person_id = p.id
            WHERE g.participant_id = @guardian AND p.state <> 'erasing' AND p.portrait IS NOT NULL ORDER BY p.created_at, p.id
            """,
            new { guardian });

    /// <summary>Records that somebody who knows the persons of the group admits the registration.</summary>
    /// <returns>False if nothing waits for that.</returns>
    public static async Task<bool> AdmitAsync(Session session, PersonId person) =>
        await session.ExecuteAsync("UPDATE persons SET look_alike = 2 WHERE id = @person AND look_alike <> 2 AND state = 'connecting'", new { person }) > 0;

    public static Task<PersonRow?> FindAsync(Session session, PersonId person) =>
        session.QuerySingleOrDefaultAsync<PersonRow>(
            """
            SELECT p.id, p.group_id, p.name, p.state, g.participant_id AS owner,
                CASE WHEN p.look_alike > 0 THEN 1 ELSE 0 END AS look_alike, CASE WHEN p.look_alike = 2 THEN 1 ELSE 0 END AS is_admitted,
                p.asks_teacher, p.confirmed_at, p.confirmed_by
            FROM persons p
            JOIN guardians g ON g.person_id = p.id AND g.role = 'owner'
            WHERE p.id = @person
            """,
            new { person });

    /// <summary>Whether faces may still be given the person's name.</summary>
    public static async Task<bool> CanBeNamedAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"SELECT COUNT(*) FROM persons WHERE id = @person AND {Rules.PersonIsLiving}", new { person }) > 0;

    /// <summary>Whether the person is still to be learned, in an active group.</summary>
    public static async Task<bool> IsLearnedStillAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM persons p JOIN groups g ON g.id = p.group_id AND g.erasing = 0 WHERE p.id = @person AND p.state = 'connecting'", new { person }) > 0;

    /// <summary>Ends the learning of a person and deletes the enrolment rows.</summary>
    /// <param name="state">connected or failed.</param>
    /// <returns>False if it had ended already.</returns>
    public static async Task<bool> EndLearningAsync(Session session, PersonId person, string state)
    {
        if (await session.ExecuteAsync("UPDATE persons SET state = @state WHERE id = @person AND state = 'connecting'", new { person, state }) == 0)
            return false;
        _ = await session.ExecuteAsync("DELETE FROM enrolment_photos WHERE person_id = @person", new { person });
        return true;
    }

    /// <summary>Whether the owner's consent is in force and its text mentions the picture.</summary>
    public static async Task<bool> MayHavePortraitAsync(Session session, PersonId person)
    {
        var version = await session.QuerySingleOrDefaultAsync<string>(
            $"""
            SELECT c.version FROM consents c JOIN guardians g ON g.person_id = c.person_id AND g.participant_id = c.participant_id
            WHERE c.person_id = @person AND g.role = 'owner' AND c.{Rules.ConsentStands}
            """,
            new { person });
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= ConsentWithPortrait;
    }

    /// <returns>False if the person has a portrait or is not connected.</returns>
    public static async Task<bool> KeepPortraitAsync(Session session, PersonId person, MediaKey portrait) =>
        await session.ExecuteAsync(
            "UPDATE persons SET portrait = @portrait WHERE id = @person AND state = 'connected' AND portrait IS NULL", new { person, portrait }) > 0;

    /// <summary>Whether the participant is a guardian of the person, and both their consent and the owner's are in force.</summary>
    public static async Task<bool> MayTeachAsync(Session session, PersonId person, ParticipantId participant) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"""
            SELECT COUNT(*) FROM persons p JOIN guardians g ON g.person_id = p.id AND g.participant_id = @participant
            JOIN group_participants m ON m.group_id = p.group_id AND m.participant_id = g.participant_id
            WHERE p.id = @person AND p.state = 'connected'
                AND EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.participant_id = g.participant_id AND c.{Rules.ConsentStands})
                AND EXISTS (SELECT 1 FROM guardians o JOIN consents c ON c.person_id = o.person_id AND c.participant_id = o.participant_id
                    WHERE o.person_id = p.id AND o.role = 'owner' AND c.{Rules.ConsentStands})
            """,
            new { person, participant }) > 0;

    // Persons that colleagues may choose: nobody is learned or searched for without the owner's consent.
    internal const string Taggable =
        $"""
        p.state IN ('connecting', 'connected') AND EXISTS (SELECT 1 FROM groups gr WHERE gr.id = p.group_id AND gr.{Rules.GroupIsActive} AND gr.erasing = 0)
        AND EXISTS (SELECT 1 FROM guardians o JOIN consents c ON c.person_id = o.person_id AND c.participant_id = o.participant_id
            WHERE o.person_id = p.id AND o.role = 'owner' AND c.{Rules.ConsentStands})
        """;

    /// <summary>Whether a face of the group may be tagged as the person.</summary>
    public static async Task<bool> MayBeTaggedAsync(Session session, PersonId person, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"SELECT COUNT(*) FROM persons p WHERE p.id = @person AND p.group_id = @group AND {Taggable}", new { person, group }) > 0;

    public static async Task<bool> ExistsAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT id FROM persons WHERE id = @person", new { person }) is not null;

    /// <returns>connecting, connected, failed or erasing; null if there is no such person.</returns>
    public static Task<string?> StateAsync(Session session, PersonId person) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT state FROM persons WHERE id = @person", new { person });

    /// <returns>Null if there is no such person.</returns>
    public static Task<GroupId?> GroupAsync(Session session, PersonId person) =>
        session.QuerySingleOrDefaultAsync<GroupId?>("SELECT group_id FROM persons WHERE id = @person", new { person });

    /// <summary>File of the learned face; null if none is kept.</summary>
    public static async Task<MediaKey?> PortraitAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT portrait FROM persons WHERE id = @person", new { person }) is { } file ? new MediaKey(file) : null;

    /// <returns>Null if there is no such person.</returns>
    public static Task<string?> NameAsync(Session session, PersonId person) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT name FROM persons WHERE id = @person", new { person });

    public static Task<IReadOnlyList<PersonId>> OfGroupAsync(Session session, GroupId group) =>
        session.QueryAsync<PersonId>("SELECT id FROM persons WHERE group_id = @group", new { group });

    /// <summary>Starts the erasure: from now on nothing about the person is stored, sent or shown.</summary>
    /// <returns>False if it was started before or there is no such person.</returns>
    public static async Task<bool> BeginErasingAsync(Session session, PersonId person) =>
        await session.ExecuteAsync("UPDATE persons SET state = 'erasing' WHERE id = @person AND state <> 'erasing'", new { person }) > 0;

    public static Task BeginErasingAsync(Session session, GroupId group) =>
        session.ExecuteAsync("UPDATE persons SET state = 'erasing' WHERE group_id = @group", new { group });

    /// <summary>Whether an erased person exists again, for example after restoring a backup, and is not being erased.</summary>
    public static async Task<bool> IsBackAsync(Session session, string id, long erasedAt) =>
        await session.QuerySingleOrDefaultAsync<string>(
            "SELECT id FROM persons WHERE id = @id AND created_at <= @erasedAt AND state <> 'erasing'", new { id, erasedAt }) is not null;

    /// <summary>Persons registered before a time who could not be learned.</summary>
    public static Task<IReadOnlyList<PersonRow>> FailedAsync(Session session, DateTimeOffset until) =>
        session.QueryAsync<PersonRow>(
            "SELECT id, group_id, state FROM persons WHERE state = 'failed' AND created_at <= @until", new { until = until.ToUnixTimeMilliseconds() });

    /// <summary>Whether a participant may become guardian of a person: a member of the person's group who is not being erased.</summary>
    public static async Task<bool> MayBeGuardedByAsync(Session session, PersonId person, ParticipantId guardian) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"""
            SELECT COUNT(*) FROM persons p
            JOIN groups g ON g.id = p.group_id AND g.{Rules.GroupIsActive}
            JOIN group_participants m ON m.group_id = p.group_id AND m.participant_id = @guardian
            JOIN participants t ON t.id = m.participant_id AND t.forgetting_at IS NULL
            WHERE p.id = @person AND p.state IN ('connecting', 'connected')
            """,
            new { person, guardian }) > 0;

    /// <summary>Nothing is learned of these persons any more: their owners are asked for photos, even if they were asked lately.</summary>
    public static Task PhotosWantedAgainAsync(Session session, IEnumerable<PersonId> persons) =>
        session.ExecuteAsync("UPDATE persons SET photos_wanted_at = NULL WHERE id IN @ids", new { ids = persons.Select(person => person.Value) });

    /// <summary>The owner is asked for new photos of the person.</summary>
    public static Task PhotosWantedAsync(Session session, PersonId person, DateTimeOffset now) =>
        session.ExecuteAsync("UPDATE persons SET photos_wanted_at = @at WHERE id = @person", new { person, at = now.ToUnixTimeMilliseconds() });

    /// <summary>The persons of a group that colleagues may choose for a face.</summary>
    public static Task<IReadOnlyList<NamedPerson>> TaggableOfAsync(Session session, GroupId group) =>
        session.QueryAsync<NamedPerson>($"SELECT p.id, p.name FROM persons p WHERE p.group_id = @group AND {Taggable}", new { group });
}

internal sealed record PersonRow
{
    public PersonId Id { get; init; }

    public GroupId GroupId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>connecting, connected or failed.</summary>
    public string State { get; init; } = "";

    /// <summary>The parent says that this is another child than their own one that it looks like.</summary>
    public bool LookAlike { get; init; }

    /// <summary>Somebody who knows the persons of the group admits the registration.</summary>
    public bool IsAdmitted { get; init; }

    /// <summary>The parent wants a teacher to look at it.</summary>
    public bool AsksTeacher { get; init; }

    public long? ConfirmedAt { get; init; }

    /// <summary>The teacher who confirmed it; null: nobody, or an operator.</summary>
    public ParticipantId? ConfirmedBy { get; init; }

    public ParticipantId Owner { get; init; }
}

/// <summary>A person's id and name.</summary>
internal sealed record NamedPerson
{
    public PersonId Id { get; init; }

    public string Name { get; init; } = "";
}

/// <summary>The learned face of a person, for the guardians.</summary>
internal sealed record NamedPortrait
{
    public PersonId Id { get; init; }

    public string Name { get; init; } = "";

    public MediaKey Portrait { get; init; }
}
