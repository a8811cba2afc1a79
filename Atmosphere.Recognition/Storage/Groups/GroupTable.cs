using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of groups, for the flows.</summary>
internal static class GroupTable
{
    /// <summary>Whether there is such a group, and it has not ended.</summary>
    public static async Task<bool> IsActiveAsync(Session session, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT id FROM groups WHERE id = @group AND ended_at IS NULL AND erasing = 0", new { group }) is not null;

    /// <returns>IANA name; null where there is no such group.</returns>
    public static Task<string?> TimeZoneAsync(Session session, GroupId group) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT time_zone FROM groups WHERE id = @group", new { group });

    /// <summary>Whether there is such a group, also one that is being deleted.</summary>
    public static async Task<bool> ExistsAsync(Session session, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT id FROM groups WHERE id = @group", new { group }) is not null;

    /// <returns>Null where there is no such group.</returns>
    public static Task<string?> NameAsync(Session session, GroupId group) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT name FROM groups WHERE id = @group", new { group });

    /// <summary>It ends, and is deleted from now on.</summary>
    /// <returns>False where that was so before.</returns>
    public static async Task<bool> BeginErasingAsync(Session session, GroupId group, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE groups SET ended_at = @at, address = NULL, erasing = 1 WHERE id = @group AND erasing = 0",
            new { group, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Whether a group that was erased at a time is there again, as after restoring a backup; one of the same name that was made later is another one.</summary>
    public static async Task<bool> IsBackAsync(Session session, string id, long erasedAt) =>
        await session.QuerySingleOrDefaultAsync<string>(
            "SELECT id FROM groups WHERE id = @id AND created_at <= @erasedAt AND erasing = 0", new { id, erasedAt }) is not null;
}
