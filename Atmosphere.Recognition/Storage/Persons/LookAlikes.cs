using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table look_alikes: registered persons who cannot be told apart.</summary>
internal static class LookAlikes
{
    /// <summary>Records that two persons look alike, and that the first looks like everyone whom the second looks like.</summary>
    public static async Task AddAsync(Session session, PersonId person, PersonId other)
    {
        var others = await session.QueryAsync<PersonId>("SELECT other_id FROM look_alikes WHERE person_id = @other AND other_id <> @person", new { other, person });
        foreach (var one in others.Append(other))
        {
            await AddOneAsync(session, person, one);
            await AddOneAsync(session, one, person);
        }
    }

    /// <summary>Whether the person cannot be told apart from another registered person.</summary>
    public static async Task<bool> HasAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"""
            SELECT COUNT(*) FROM look_alikes l JOIN persons p ON p.id = l.other_id AND p.{Rules.PersonIsLiving}
            WHERE l.person_id = @person
            """,
            new { person }) > 0;

    /// <summary>All persons of a group who have a look-alike.</summary>
    public static async Task<IReadOnlySet<PersonId>> AllAsync(Session session, GroupId group) =>
        (await session.QueryAsync<PersonId>(
            $"""
            SELECT DISTINCT l.person_id FROM look_alikes l JOIN persons p ON p.id = l.other_id AND p.{Rules.PersonIsLiving}
            WHERE p.group_id = @group
            """,
            new { group })).ToHashSet();

    /// <summary>The person's look-alikes in other families.</summary>
    public static Task<IReadOnlyList<PersonId>> OfOthersAsync(Session session, PersonId person, ParticipantId owner) =>
        session.QueryAsync<PersonId>(
            $"""
            SELECT l.other_id FROM look_alikes l JOIN persons p ON p.id = l.other_id AND p.{Rules.PersonIsLiving}
            JOIN guardians g ON g.person_id = l.other_id AND g.role = 'owner' AND g.participant_id <> @owner
            WHERE l.person_id = @person ORDER BY l.other_id
            """,
            new { person, owner });

    private static Task<int> AddOneAsync(Session session, PersonId person, PersonId other) =>
        session.ExecuteAsync(
            "INSERT INTO look_alikes (person_id, other_id) VALUES (@person, @other) ON CONFLICT (person_id, other_id) DO NOTHING", new { person, other });
}
