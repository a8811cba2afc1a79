using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table groups, as used by the flows.</summary>
internal static class GroupTable
{
    /// <summary>Whether the group exists and has not ended.</summary>
    public static async Task<bool> IsActiveAsync(Session session, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<string>($"SELECT id FROM groups WHERE id = @group AND {Rules.GroupIsActive} AND erasing = 0", new { group }) is not null;

    /// <returns>IANA name; null if there is no such group.</returns>
    public static Task<string?> TimeZoneAsync(Session session, GroupId group) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT time_zone FROM groups WHERE id = @group", new { group });

    /// <summary>Whether the group exists, even if it is being deleted.</summary>
    public static async Task<bool> ExistsAsync(Session session, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT id FROM groups WHERE id = @group", new { group }) is not null;

    /// <summary>Whether a teacher confirms what is said of persons there.</summary>
    public static async Task<bool> ConfirmsAsync(Session session, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT confirms FROM groups WHERE id = @group", new { group }) == 1;

    /// <summary>Whose faces the group shows; children, if there is no such group.</summary>
    public static async Task<GroupKind> KindAsync(Session session, GroupId group) =>
        GroupKinds.Read(await session.QuerySingleOrDefaultAsync<string>("SELECT kind FROM groups WHERE id = @group", new { group }));

    /// <returns>Null if there is no such group.</returns>
    public static Task<string?> NameAsync(Session session, GroupId group) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT name FROM groups WHERE id = @group", new { group });

    /// <summary>Ends the group and starts its deletion.</summary>
    /// <returns>False if that was done before.</returns>
    public static async Task<bool> BeginErasingAsync(Session session, GroupId group, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE groups SET ended_at = @at, address = NULL, erasing = 1 WHERE id = @group AND erasing = 0",
            new { group, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>
    /// Whether an erased group exists again, for example after restoring a backup. A newer group of the same id does not count.
    /// </summary>
    public static async Task<bool> IsBackAsync(Session session, string id, long erasedAt) =>
        await session.QuerySingleOrDefaultAsync<string>(
            "SELECT id FROM groups WHERE id = @id AND created_at <= @erasedAt AND erasing = 0", new { id, erasedAt }) is not null;

    /// <summary>The group of a photo, and the collection version of the latest rematch of its unknown faces.</summary>
    /// <remarks>Writes an unchanged value: a concurrent rematch waits for this commit, or started before and is seen here.</remarks>
    public static Task<GroupMatching?> TouchMatchingAsync(Session session, PhotoId photo) =>
        session.QuerySingleOrDefaultAsync<GroupMatching>(
            """
            UPDATE groups SET matching_version = matching_version WHERE id = (SELECT group_id FROM photos WHERE id = @photo)
            RETURNING id, matching_version
            """,
            new { photo });

    /// <summary>Records that a rematch of the group's unnamed faces begins.</summary>
    /// <returns>False if this version was rematched before or the group has ended.</returns>
    public static async Task<bool> BeginMatchingAsync(Session session, GroupId group, long version) =>
        await session.ExecuteAsync(
            $"UPDATE groups SET matching_version = @version WHERE id = @group AND matched_version <> @version AND {Rules.GroupIsActive} AND erasing = 0",
            new { version, group }) > 0;

    /// <summary>Records that names given by searches before this version are checked again.</summary>
    public static Task BeginDoubtingAsync(Session session, GroupId group, long version) =>
        session.ExecuteAsync(
            $"UPDATE groups SET matching_version = @version WHERE id = @group AND matching_version < @version AND {Rules.GroupIsActive} AND erasing = 0",
            new { version, group });

    /// <returns>False if that was recorded before.</returns>
    public static async Task<bool> EndMatchingAsync(Session session, GroupId group, long version) =>
        await session.ExecuteAsync("UPDATE groups SET matched_version = @version WHERE id = @group AND matched_version <> @version", new { version, group }) > 0;

    /// <summary>When the faces learned from tags were last checked, milliseconds since 1970; 0: never.</summary>
    public static async Task<long> TrainedAtAsync(Session session, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<long?>("SELECT trained_at FROM groups WHERE id = @group", new { group }) ?? 0;

    /// <param name="since">When they were checked before, milliseconds since 1970.</param>
    /// <returns>False if another run checked them since, or the group has ended.</returns>
    public static async Task<bool> TrainedAsync(Session session, GroupId group, long since, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE groups SET trained_at = @at WHERE id = @group AND COALESCE(trained_at, 0) = @since AND {Rules.GroupIsActive}",
            new { group, since, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <returns>False if training was requested for then or later already.</returns>
    public static async Task<bool> AskForTrainingAsync(Session session, GroupId group, DateTimeOffset due) =>
        await session.ExecuteAsync(
            "UPDATE groups SET training_due = @at WHERE id = @group AND (training_due IS NULL OR training_due < @at)",
            new { group, at = due.ToUnixTimeMilliseconds() }) > 0;

    /// <returns>Null if there is no such group or it has ended.</returns>
    public static Task<string?> ActiveNameAsync(Session session, GroupId group) =>
        session.QuerySingleOrDefaultAsync<string>($"SELECT name FROM groups WHERE id = @group AND {Rules.GroupIsActive}", new { group });
}

/// <summary>How far a group's unknown faces have been rematched.</summary>
internal sealed record GroupMatching
{
    public GroupId Id { get; init; }

    public long MatchingVersion { get; init; }
}

/// <summary>A group and its time zone.</summary>
internal sealed record GroupZone
{
    public GroupId Id { get; init; }

    /// <summary>IANA name.</summary>
    public string TimeZone { get; init; } = "";
}
