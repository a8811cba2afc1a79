using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;
using Group = Atmosphere.Recognition.Domain.Group;

namespace Atmosphere.Recognition.Storage;

/// <summary>Creates, changes and lists groups for operators.</summary>
public sealed partial class Groups(Database database, TimeProvider clock)
{
    /// <exception cref="SetUpException">The id, name or time zone is invalid, or the group exists.</exception>
    public async Task<Group> AddAsync(
        string id, string name, string timeZone = "UTC", bool keepsGps = false, GroupKind kind = GroupKind.Children, CancellationToken cancellation = default)
    {
        if (!IdPattern().IsMatch(id))
            throw new SetUpException($"'{id}' is no id of a group. Use 1 to 64 lower case letters, digits and hyphens, such as blue-class.");

        var group = new Group(new GroupId(id), SetUp.Name(name), SetUp.TimeZone(timeZone), keepsGps, clock.GetUtcNow(), kind);
        var added = await database.WriteAsync(
            session => session.ExecuteAsync(
                """
                INSERT INTO groups (id, name, time_zone, keeps_gps, created_at, kind) VALUES (@Id, @Name, @TimeZone, @gps, @at, @kind)
                ON CONFLICT (id) DO NOTHING
                """,
                new { group.Id, group.Name, group.TimeZone, gps = keepsGps ? 1 : 0, at = group.CreatedAt.ToUnixTimeMilliseconds(), kind = kind.Stored() }),
            cancellation);
        return added > 0 ? group : throw new SetUpException($"There is a group '{id}' already. Choose another id.");
    }

    /// <summary>Changes the given settings; null leaves a setting unchanged.</summary>
    /// <param name="confirms">Whether a teacher must confirm a registration before anything is delivered.</param>
    /// <param name="language">The bot's language in the group; the caller checks that it is supported.</param>
    /// <param name="kind">Whose faces the group shows; faces that were decided before keep their decision.</param>
    /// <param name="checksMatches">Whether somebody looks at a person's first matches before anything is delivered; by default in groups of children.</param>
    /// <exception cref="SetUpException">There is no such group, it has ended, or the time zone is invalid.</exception>
    public async Task ChangeAsync(
        GroupId group, bool? confirms, string? timeZone, string? language, GroupKind? kind = null, bool? checksMatches = null, CancellationToken cancellation = default)
    {
        var zone = timeZone is null ? null : SetUp.TimeZone(timeZone);
        var changed = await database.WriteAsync(
            session => session.ExecuteAsync(
                $"""
                UPDATE groups SET confirms = COALESCE(CAST(@confirms AS INTEGER), confirms), time_zone = COALESCE(CAST(@zone AS TEXT), time_zone),
                    language = COALESCE(CAST(@language AS TEXT), language), kind = COALESCE(CAST(@kind AS TEXT), kind),
                    checks_matches = COALESCE(CAST(@checks AS INTEGER), checks_matches)
                WHERE id = @group AND {Rules.GroupIsActive}
                """,
                new { group, confirms = confirms is { } on ? (on ? 1 : 0) : (int?)null, zone, language, kind = kind?.Stored(), checks = checksMatches is { } look ? (look ? 1 : 0) : (int?)null }),
            cancellation);
        if (changed == 0)
            throw new SetUpException($"There is no group '{group}', or it has ended. 'atmosphere groups list' shows the groups.");
    }

    /// <summary>All groups, ordered by id.</summary>
    public async Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellation = default)
    {
        var rows = await database.ReadAsync(
            session => session.QueryAsync<Row>("SELECT id, name, time_zone, keeps_gps, created_at, kind FROM groups ORDER BY id"), cancellation);
        return [.. rows.Select(row => new Group(
            row.Id, row.Name, row.TimeZone, row.KeepsGps != 0, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), GroupKinds.Read(row.Kind)))];
    }

    /// <summary>
    /// Creates the playground group if it is missing; an existing one keeps its name and its confirmation setting. Visitors have proved
    /// nothing: once the program is open to the outside, they are removed, and a teacher must confirm.
    /// </summary>
    /// <param name="takesVisitors">True if nothing is open to the outside.</param>
    public Task EnsurePlaygroundAsync(GroupId group, string name, bool takesVisitors, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                var row = new
                {
                    group,
                    name,
                    now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    visitors = takesVisitors ? 1 : 0,
                    confirms = takesVisitors ? 0 : 1,
                    checks = takesVisitors ? 0 : (int?)null,
                    visit = WayToJoin.Playground.Stored(),
                };
                await session.ExecuteAsync(
                    """
                    INSERT INTO groups (id, name, confirms, visitors, checks_matches, created_at) VALUES (@group, @name, @confirms, @visitors, CAST(@checks AS INTEGER), @now)
                    ON CONFLICT (id) DO NOTHING
                    """,
                    row);
                await session.ExecuteAsync(
                    """
                    UPDATE groups SET visitors = @visitors, confirms = CASE WHEN visitors > @visitors THEN 1 ELSE confirms END,
                        checks_matches = CASE WHEN visitors > @visitors THEN NULL ELSE checks_matches END
                    WHERE id = @group
                    """,
                    row);
                if (!takesVisitors)
                    await session.ExecuteAsync("DELETE FROM group_participants WHERE group_id = @group AND way = @visit", row);
            },
            cancellation);

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\z")]
    private static partial Regex IdPattern();

    private sealed record Row
    {
        public GroupId Id { get; init; }

        public string Name { get; init; } = "";

        public string TimeZone { get; init; } = "";

        public int KeepsGps { get; init; }

        public long CreatedAt { get; init; }

        public string Kind { get; init; } = "";
    }
}
