using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>The rows of guardians and consents, when one of the guardians goes.</summary>
internal static class Guardianships
{
    /// <summary>Persons whom a participant guards, but those that are being erased.</summary>
    public static Task<IReadOnlyList<Left>> OfAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<Left>(
            """
            SELECT mine.person_id, mine.role, (
                SELECT g.participant_id FROM guardians g
                JOIN participants p ON p.id = g.participant_id AND p.forgetting_at IS NULL
                JOIN consents c ON c.person_id = g.person_id AND c.participant_id = g.participant_id AND c.withdrawn_at IS NULL
                WHERE g.person_id = mine.person_id AND g.participant_id <> @participant ORDER BY g.since, g.participant_id LIMIT 1) AS next
            FROM guardians mine JOIN persons person ON person.id = mine.person_id AND person.state <> 'erasing'
            WHERE mine.participant_id = @participant
            """,
            new { participant });

    public static async Task EndAsync(Session session, PersonId person, ParticipantId guardian)
    {
        _ = await session.ExecuteAsync("DELETE FROM consents WHERE person_id = @person AND participant_id = @guardian", new { person, guardian });
        _ = await session.ExecuteAsync("DELETE FROM guardians WHERE person_id = @person AND participant_id = @guardian", new { person, guardian });
    }

    public static Task OwnAsync(Session session, PersonId person, ParticipantId guardian) =>
        session.ExecuteAsync("UPDATE guardians SET role = 'owner' WHERE person_id = @person AND participant_id = @guardian", new { person, guardian });

    internal sealed record Left
    {
        public PersonId PersonId { get; init; }

        /// <summary>owner or guardian.</summary>
        public string Role { get; init; } = "";

        /// <summary>Who would be the owner next; null: nobody else has consented.</summary>
        public ParticipantId? Next { get; init; }
    }
}
