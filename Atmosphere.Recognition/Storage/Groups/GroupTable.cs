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
}
