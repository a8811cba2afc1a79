using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Guardianships of participants (tables guardians and consents), and how they end.</summary>
internal static class Guardianships
{
    /// <summary>The persons guarded by a participant, except those being erased.</summary>
    public static Task<IReadOnlyList<Left>> OfAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<Left>(
            $"""
            SELECT mine.person_id, mine.role, (
                SELECT g.participant_id FROM guardians g
                JOIN participants p ON p.id = g.participant_id AND p.forgetting_at IS NULL
                JOIN consents c ON c.person_id = g.person_id AND c.participant_id = g.participant_id AND c.{Rules.ConsentStands}
                WHERE g.person_id = mine.person_id AND g.participant_id <> @participant ORDER BY g.since, g.participant_id LIMIT 1) AS next
            FROM guardians mine JOIN persons person ON person.id = mine.person_id AND person.state <> 'erasing'
            WHERE mine.participant_id = @participant
            """,
            new { participant });

    public static async Task EndAsync(Session session, PersonId person, ParticipantId guardian, DateTimeOffset now)
    {
        await WithdrawalTable.AddAsync(session, WithdrawalKind.GuardianGone, guardian.Value, person.Value);
        await ConsentLedger.WithdrawAsync(session, person, guardian, now);
        _ = await ReportPictureTable.EndAsync(session, person, guardian, now.ToUnixTimeMilliseconds());
        _ = await session.ExecuteAsync("DELETE FROM consents WHERE person_id = @person AND participant_id = @guardian", new { person, guardian });
        _ = await session.ExecuteAsync("DELETE FROM guardians WHERE person_id = @person AND participant_id = @guardian", new { person, guardian });
    }

    /// <summary>
    /// Ends a guardianship that existed at a time. If it was the owner's, the next consenting guardian becomes the owner.
    /// </summary>
    /// <returns>False if the participant is not a guardian, or became one later.</returns>
    public static async Task<bool> EndAsync(Session session, PersonId person, ParticipantId guardian, long at)
    {
        var left = (await OfAsync(session, guardian)).FirstOrDefault(one => one.PersonId == person);
        if (left is null || await session.ExecuteAsync(
            "DELETE FROM guardians WHERE person_id = @person AND participant_id = @guardian AND since <= @at", new { person, guardian, at }) == 0)
            return false;
        _ = await ReportPictureTable.EndAsync(session, person, guardian, at);
        _ = await session.ExecuteAsync("DELETE FROM consents WHERE person_id = @person AND participant_id = @guardian", new { person, guardian });
        await ConsentLedger.WithdrawAsync(session, person, guardian, DateTimeOffset.FromUnixTimeMilliseconds(at));
        if (left is { Role: "owner", Next: { } next })
            await OwnAsync(session, person, next);
        return true;
    }

    public static Task OwnAsync(Session session, PersonId person, ParticipantId guardian) =>
        session.ExecuteAsync("UPDATE guardians SET role = 'owner' WHERE person_id = @person AND participant_id = @guardian", new { person, guardian });

    /// <returns>owner or guardian; null if the participant is neither.</returns>
    public static Task<string?> RoleAsync(Session session, PersonId person, ParticipantId participant) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT role FROM guardians WHERE person_id = @person AND participant_id = @participant", new { person, participant });

    /// <summary>The guardians other than the owner, except those being erased.</summary>
    public static Task<IReadOnlyList<ParticipantId>> BesideOwnerAsync(Session session, PersonId person) =>
        session.QueryAsync<ParticipantId>(
            """
            SELECT g.participant_id FROM guardians g JOIN participants p ON p.id = g.participant_id AND p.forgetting_at IS NULL
            WHERE g.person_id = @person AND g.role <> 'owner'
            """,
            new { person });

    /// <summary>The persons guarded by a participant.</summary>
    public static Task<IReadOnlyList<PersonId>> PersonsAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<PersonId>("SELECT person_id FROM guardians WHERE participant_id = @participant", new { participant });

    /// <summary>The number of persons guarded by a participant.</summary>
    public static Task<int> CountAsync(Session session, ParticipantId participant) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM guardians WHERE participant_id = @participant", new { participant });

    /// <summary>The participants whose chats may contain a person's name: guardians and both sides of requests about the person.</summary>
    public static Task<IReadOnlyList<ParticipantId>> WhoKnowsAsync(Session session, PersonId person) =>
        session.QueryAsync<ParticipantId>(
            """
            SELECT participant_id FROM guardians WHERE person_id = @person
            UNION SELECT from_id FROM requests WHERE person_id = @person OR pending_id = @person
            UNION SELECT to_id FROM requests WHERE person_id = @person OR pending_id = @person
            """,
            new { person });

    internal sealed record Left
    {
        public PersonId PersonId { get; init; }

        /// <summary>owner or guardian.</summary>
        public string Role { get; init; } = "";

        /// <summary>The next owner; null if no other guardian has consented.</summary>
        public ParticipantId? Next { get; init; }
    }
}
