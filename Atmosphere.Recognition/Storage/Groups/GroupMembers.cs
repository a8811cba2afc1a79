using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The members of chat groups by the hashes of their addresses; members who write to the bot also become participants. Events may arrive
/// late and repeatedly: the later one by the carrier's clock counts, and of two at the same time the departure.
/// </summary>
public static class GroupMembers
{
    /// <param name="way">The source that names them.</param>
    public static async Task JoinAsync(Session session, GroupId group, IEnumerable<string> hashes, DateTimeOffset at, WayToJoin way)
    {
        foreach (var hash in hashes)
        {
            var row = new { group, hash, at = at.ToUnixTimeMilliseconds(), way = way.Stored() };
            await session.ExecuteAsync(
                $"""
                INSERT INTO group_members (group_id, address_hash, joined_at, way)
                SELECT id, @hash, @at, @way FROM groups WHERE id = @group AND {Rules.GroupIsActive}
                    AND NOT EXISTS (SELECT 1 FROM group_departures d WHERE d.group_id = @group AND d.address_hash = @hash AND d.left_at >= @at)
                ON CONFLICT (group_id, address_hash) DO UPDATE SET
                    joined_at = CASE WHEN excluded.joined_at > group_members.joined_at THEN excluded.joined_at ELSE group_members.joined_at END
                """,
                row);
            await session.ExecuteAsync(
                """
                INSERT INTO group_participants (group_id, participant_id, joined_at, way)
                SELECT m.group_id, p.id, @at, @way FROM group_members m
                JOIN participants p ON p.address_hash = m.address_hash AND p.channel = 'whatsapp'
                WHERE m.group_id = @group AND m.address_hash = @hash
                ON CONFLICT (group_id, participant_id) DO NOTHING
                """,
                row);
        }
    }

    public static async Task LeaveAsync(Session session, GroupId group, IEnumerable<string> hashes, DateTimeOffset at)
    {
        foreach (var hash in hashes)
        {
            var row = new { group, hash, at = at.ToUnixTimeMilliseconds() };
            await session.ExecuteAsync(
                $"""
                INSERT INTO group_departures (group_id, address_hash, left_at) SELECT id, @hash, @at FROM groups WHERE id = @group AND {Rules.GroupIsActive}
                ON CONFLICT (group_id, address_hash) DO UPDATE SET
                    left_at = CASE WHEN excluded.left_at > group_departures.left_at THEN excluded.left_at ELSE group_departures.left_at END
                """,
                row);
            if (await session.ExecuteAsync("DELETE FROM group_members WHERE group_id = @group AND address_hash = @hash AND joined_at <= @at", row) > 0)
                await WithdrawalTable.AddAsync(session, WithdrawalKind.MemberGone, hash, group.Value);
            await session.ExecuteAsync(
                """
                DELETE FROM group_participants
                WHERE group_id = @group AND participant_id IN (SELECT id FROM participants WHERE address_hash = @hash AND channel = 'whatsapp')
                    AND NOT EXISTS (SELECT 1 FROM group_members m WHERE m.group_id = @group AND m.address_hash = @hash)
                """,
                row);
        }
    }

    /// <summary>The address hashes of all members of a group at a time.</summary>
    internal static Task<IReadOnlyList<string>> HashesAsync(Session session, GroupId group, long at) =>
        session.QueryAsync<string>("SELECT address_hash FROM group_members WHERE group_id = @group AND joined_at <= @at", new { group, at });

    /// <summary>Replaces the member list with the complete list of a time: members not on it have left before.</summary>
    public static async Task SetAsync(Session session, GroupId group, IReadOnlyCollection<string> hashes, DateTimeOffset at, WayToJoin way)
    {
        var known = await session.QueryAsync<string>(
            "SELECT address_hash FROM group_members WHERE group_id = @group AND joined_at <= @at", new { group, at = at.ToUnixTimeMilliseconds() });
        await LeaveAsync(session, group, known.Except(hashes), at);
        await JoinAsync(session, group, hashes, at, way);
    }

    /// <summary>Old departures, which no late event can contradict any more.</summary>
    public static DueRows DueDepartures { get; } = new("group_departures", "left_at <= @before");

    /// <summary>Deletes the address of an erased participant from the group tables.</summary>
    /// <returns>The number of deleted rows.</returns>
    internal static async Task<int> ForgetAsync(Session session, ParticipantId participant)
    {
        var rows = 0;
        foreach (var table in (string[])["group_members", "group_departures", "group_aliases"])
            rows += await session.ExecuteAsync($"DELETE FROM {table} WHERE address_hash = (SELECT address_hash FROM participants WHERE id = @participant)", new { participant });
        return rows;
    }
}
