using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of persons, guardians, consents and enrolment_photos.</summary>
internal static class PersonTable
{
    /// <returns>False where the person is there already.</returns>
    public static async Task<bool> AddAsync(Session session, PersonId person, GroupId group, string name, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES (@person, @group, @name, 'connecting', @now)
            ON CONFLICT (id) DO NOTHING
            """,
            new { person, group, name, now = now.ToUnixTimeMilliseconds() }) > 0;

    public static Task AddGuardianAsync(Session session, PersonId person, ParticipantId owner, DateTimeOffset now) =>
        session.ExecuteAsync(
            "INSERT INTO guardians (person_id, participant_id, role, since) VALUES (@person, @owner, 'owner', @now)",
            new { person, owner, now = now.ToUnixTimeMilliseconds() });

    public static Task AddConsentAsync(Session session, PersonId person, ParticipantId owner, string version, string text, DateTimeOffset now) =>
        session.ExecuteAsync(
            "INSERT INTO consents (person_id, participant_id, version, text, given_at) VALUES (@person, @owner, @version, @text, @now)",
            new { person, owner, version, text, now = now.ToUnixTimeMilliseconds() });

    public static Task AddPhotoAsync(Session session, PersonId person, MediaKey media, Box box) =>
        session.ExecuteAsync(
            "INSERT INTO enrolment_photos (media, person_id, x, y, width, height) VALUES (@media, @person, @X, @Y, @Width, @Height)",
            new { media, person, box.X, box.Y, box.Width, box.Height });

    public static Task<PersonRow?> FindAsync(Session session, PersonId person) =>
        session.QuerySingleOrDefaultAsync<PersonRow>(
            """
            SELECT p.id, p.group_id, p.state, g.participant_id AS owner FROM persons p
            JOIN guardians g ON g.person_id = p.id AND g.role = 'owner'
            WHERE p.id = @person
            """,
            new { person });

    /// <summary>Whether a face may still be given the person's name.</summary>
    public static async Task<bool> CanBeNamedAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM persons WHERE id = @person AND state NOT IN ('failed', 'erasing')", new { person }) > 0;

    public static Task<IReadOnlyList<EnrolmentRow>> PhotosAsync(Session session, PersonId person) =>
        session.QueryAsync<EnrolmentRow>("SELECT media, x, y, width, height FROM enrolment_photos WHERE person_id = @person ORDER BY media", new { person });

    /// <summary>Ends the learning of a person; its enrolment rows go.</summary>
    /// <param name="state">connected or failed.</param>
    /// <returns>False where it had ended already.</returns>
    public static async Task<bool> EndLearningAsync(Session session, PersonId person, string state)
    {
        if (await session.ExecuteAsync("UPDATE persons SET state = @state WHERE id = @person AND state = 'connecting'", new { person, state }) == 0)
            return false;
        _ = await session.ExecuteAsync("DELETE FROM enrolment_photos WHERE person_id = @person", new { person });
        return true;
    }

    /// <summary>Deletes a person with everything that hangs on it.</summary>
    public static async Task DeleteAsync(Session session, PersonId person)
    {
        _ = await session.ExecuteAsync("UPDATE faces SET person_id = NULL, verdict = 'nobody' WHERE person_id = @person", new { person });
        _ = await session.ExecuteAsync("DELETE FROM candidates WHERE person_id = @person", new { person });
        foreach (var table in (string[])["enrolment_photos", "consents", "guardians"])
            _ = await session.ExecuteAsync($"DELETE FROM {table} WHERE person_id = @person", new { person });
        _ = await session.ExecuteAsync("DELETE FROM persons WHERE id = @person", new { person });
    }
}

internal sealed record PersonRow
{
    public PersonId Id { get; init; }

    public GroupId GroupId { get; init; }

    /// <summary>connecting, connected or failed.</summary>
    public string State { get; init; } = "";

    public ParticipantId Owner { get; init; }
}

internal sealed record EnrolmentRow
{
    public MediaKey Media { get; init; }

    public float X { get; init; }

    public float Y { get; init; }

    public float Width { get; init; }

    public float Height { get; init; }

    public Box Box => new(X, Y, Width, Height);
}
