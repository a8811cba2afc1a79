using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <param name="Group">An active group.</param>
/// <param name="Name">Display name.</param>
public sealed record Membership(GroupId Group, string Name);

/// <summary>The groups in which a participant is a member or a teacher.</summary>
public static class Memberships
{
    /// <summary>Ordered by name.</summary>
    public static async Task<IReadOnlyList<Membership>> OfAsync(Session session, ParticipantId participant) =>
        [.. (await session.QueryAsync<Row>(
            $"""
            SELECT g.id, g.name FROM group_participants m
            JOIN groups g ON g.id = m.group_id AND g.{Rules.GroupIsActive}
            WHERE m.participant_id = @participant ORDER BY g.name, g.id
            """,
            new { participant = participant.Value })).Select(row => new Membership(row.Id, row.Name))];

    /// <summary>Adds a participant to an active group; an existing member stays.</summary>
    /// <returns>False if there is no such group.</returns>
    public static async Task<bool> JoinAsync(Session session, GroupId group, ParticipantId participant, WayToJoin way, DateTimeOffset now)
    {
        if (await session.QuerySingleOrDefaultAsync<string>($"SELECT id FROM groups WHERE id = @group AND {Rules.GroupIsActive}", new { group }) is null)
            return false;
        await session.ExecuteAsync(
            """
            INSERT INTO group_participants (group_id, participant_id, joined_at, way) VALUES (@group, @participant, @now, @way)
            ON CONFLICT (group_id, participant_id) DO NOTHING
            """,
            new { group, participant, now = now.ToUnixTimeMilliseconds(), way = way.Stored() });
        return true;
    }

    /// <summary>Removes a participant from all groups.</summary>
    internal static Task ForgetAsync(Session session, ParticipantId participant) =>
        session.ExecuteAsync("DELETE FROM group_participants WHERE participant_id = @participant", new { participant });

    /// <summary>The groups taught by a participant: an approved teacher who linked the group or is a member. Ordered by name.</summary>
    public static async Task<IReadOnlyList<Membership>> TaughtByAsync(Session session, ParticipantId participant) =>
        [.. (await session.QueryAsync<Row>(
            $"""
            SELECT g.id, g.name FROM groups g JOIN participants p ON p.id = @participant AND p.teacher_since IS NOT NULL AND p.forgetting_at IS NULL
            WHERE g.{Rules.GroupIsActive} AND (g.teacher_id = p.id
                OR EXISTS (SELECT 1 FROM group_participants m WHERE m.group_id = g.id AND m.participant_id = p.id))
            ORDER BY g.name, g.id
            """,
            new { participant })).Select(row => new Membership(row.Id, row.Name))];

    /// <summary>
    /// The teachers who confirm registrations of a group: the teacher who linked it, if approved; otherwise every approved teacher who is a
    /// member.
    /// </summary>
    internal static Task<IReadOnlyList<ParticipantId>> TeachersAsync(Session session, GroupId group) =>
        session.QueryAsync<ParticipantId>(
            """
            SELECT p.id FROM groups g JOIN participants p ON p.id = g.teacher_id AND p.teacher_since IS NOT NULL AND p.forgetting_at IS NULL
            WHERE g.id = @group
            UNION
            SELECT p.id FROM group_participants m JOIN participants p ON p.id = m.participant_id
            WHERE m.group_id = @group AND p.teacher_since IS NOT NULL AND p.forgetting_at IS NULL
                AND NOT EXISTS (
                    SELECT 1 FROM groups g JOIN participants t ON t.id = g.teacher_id AND t.teacher_since IS NOT NULL AND t.forgetting_at IS NULL
                    WHERE g.id = @group)
            ORDER BY 1
            """,
            new { group });

    /// <summary>Whether colleagues decide about faces of the group: it does not ask for a teacher's confirmation.</summary>
    internal static async Task<bool> ColleaguesDecideAsync(Session session, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM groups g WHERE g.id = @group AND g.confirms = 0 AND g.{Rules.GroupIsActive}", new { group }) > 0;

    /// <summary>Groups that have not ended and in which nobody could be asked.</summary>
    /// <param name="colleagues">Whether a channel to colleagues is set up, who decide where no teacher's confirmation is asked for.</param>
    public static Task<IReadOnlyList<GroupId>> WithoutTeacherAsync(Session session, bool colleagues) =>
        session.QueryAsync<GroupId>(
            $"""
            SELECT g.id FROM groups g WHERE g.{Rules.GroupIsActive} AND (@colleagues = 0 OR g.confirms <> 0) AND NOT EXISTS (
                SELECT 1 FROM participants p WHERE p.teacher_since IS NOT NULL AND p.forgetting_at IS NULL AND (g.teacher_id = p.id
                    OR EXISTS (SELECT 1 FROM group_participants m WHERE m.group_id = g.id AND m.participant_id = p.id)))
            ORDER BY g.id
            """,
            new { colleagues = colleagues ? 1 : 0 });

    /// <summary>Whether a participant may confirm registrations of a group: an approved teacher who linked it or is a member.</summary>
    internal static async Task<bool> MayConfirmAsync(Session session, GroupId group, ParticipantId participant) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM participants p WHERE p.id = @participant AND p.teacher_since IS NOT NULL AND p.forgetting_at IS NULL
                AND (EXISTS (SELECT 1 FROM groups g WHERE g.id = @group AND g.teacher_id = p.id)
                    OR EXISTS (SELECT 1 FROM group_participants m WHERE m.group_id = @group AND m.participant_id = p.id))
            """,
            new { group, participant }) > 0;

    /// <summary>Adds a new participant to the given group, if it takes visitors, and to the groups that list their address as a member.</summary>
    /// <param name="hash">Hash of the address; null if no group lists members by it.</param>
    internal static Task OfNewcomerAsync(Session session, ParticipantId participant, GroupId? group, string? hash, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO group_participants (group_id, participant_id, joined_at, way)
            SELECT id, @participant, @now, @visit FROM groups WHERE id = @group AND visitors = 1
            UNION SELECT group_id, @participant, @now, way FROM group_members WHERE address_hash = @hash
            ON CONFLICT (group_id, participant_id) DO NOTHING
            """,
            new { participant, group = group?.Value, hash, now = now.ToUnixTimeMilliseconds(), visit = WayToJoin.Playground.Stored() });

    private sealed class Row
    {
        public GroupId Id { get; init; }

        public string Name { get; init; } = "";
    }
}
