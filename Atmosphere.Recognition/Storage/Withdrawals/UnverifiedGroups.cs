using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// Chat groups whose members must be verified after a database restore: their photos wait until the carrier has been asked.
/// </summary>
public static class UnverifiedGroups
{
    /// <summary>Adds all groups that are linked to a chat.</summary>
    internal static Task AddAllAsync(Session session, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"""
            INSERT INTO unverified_groups (group_id, since) SELECT g.id, @now FROM groups g WHERE g.address IS NOT NULL AND g.{Rules.GroupIsActive}
            ON CONFLICT (group_id) DO NOTHING
            """,
            new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>The number of unverified groups.</summary>
    public static Task<long> CountAsync(Session session) => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM unverified_groups");

    /// <summary>The unverified groups, those that wait longest first.</summary>
    public static async Task<IReadOnlyList<UnverifiedGroup>> ListAsync(Session session) =>
        [.. (await session.QueryAsync<Row>(
            "SELECT u.group_id, g.name, g.channel, u.since FROM unverified_groups u JOIN groups g ON g.id = u.group_id ORDER BY u.since, u.group_id"))
            .Select(row => new UnverifiedGroup(row.GroupId, row.Name, row.Channel, DateTimeOffset.FromUnixTimeMilliseconds(row.Since)))];

    /// <summary>Whether the photo's group is unverified.</summary>
    internal static async Task<bool> HasAsync(Session session, PhotoId photo) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM unverified_groups u JOIN photos p ON p.group_id = u.group_id WHERE p.id = @photo", new { photo }) > 0;

    /// <summary>Records that the carrier has listed the group's members, or that an operator answers for those that are stored.</summary>
    /// <returns>False if the group was not waiting for it.</returns>
    public static async Task<bool> VerifiedAsync(Session session, GroupId group) =>
        await session.ExecuteAsync("DELETE FROM unverified_groups WHERE group_id = @group", new { group }) > 0;

    private sealed record Row
    {
        public GroupId GroupId { get; init; }

        public string Name { get; init; } = "";

        public string? Channel { get; init; }

        public long Since { get; init; }
    }
}

/// <summary>A chat group whose members must be verified.</summary>
/// <param name="Channel">Of the carrier that is asked.</param>
/// <param name="Since">When an older copy was restored.</param>
public sealed record UnverifiedGroup(GroupId Id, string Name, string? Channel, DateTimeOffset Since);
