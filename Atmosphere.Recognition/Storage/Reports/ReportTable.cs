using System.Globalization;
using System.Text.Json;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table reports.</summary>
internal static class ReportTable
{
    private const string Day = "yyyy-MM-dd";

    private const string Select =
        $"""
        SELECT r.id, r.group_id, g.name, g.time_zone, r.kind, r.state, r.first_day, r.end_day, r.figures, r.created_at
        FROM reports r JOIN groups g ON g.id = r.group_id AND g.{Rules.GroupIsActive} AND g.erasing = 0
        """;

    public static DueRows Due { get; } = new("reports", "created_at <= @before");

    /// <summary>The groups that have not ended, each with the last times that its reports were due.</summary>
    public static Task<IReadOnlyList<ReportedGroup>> GroupsAsync(Session session) =>
        session.QueryAsync<ReportedGroup>(
            $"""
            SELECT g.id, g.time_zone, g.created_at,
                (SELECT MAX(r.due_at) FROM reports r WHERE r.group_id = g.id AND r.kind = 'day') AS day_due,
                (SELECT MAX(r.due_at) FROM reports r WHERE r.group_id = g.id AND r.kind = 'week') AS week_due,
                (SELECT MAX(r.end_day) FROM reports r WHERE r.group_id = g.id AND r.kind = 'day') AS day_end
            FROM groups g WHERE g.{Rules.GroupIsActive} AND g.erasing = 0 ORDER BY g.id
            """);

    /// <returns>False if the group has ended, or has a report of this kind and period.</returns>
    public static async Task<bool> AddAsync(
        Session session, ReportId id, GroupId group, ReportPeriod kind, bool skipped, DateOnly first, DateOnly end, ReportFigures figures, DateTimeOffset due, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"""
            INSERT INTO reports (id, group_id, kind, state, first_day, end_day, figures, due_at, created_at)
            SELECT @id, g.id, @kind, @state, @first, @end, @figures, @due, @now FROM groups g WHERE g.id = @group AND g.{Rules.GroupIsActive} AND g.erasing = 0
            ON CONFLICT (group_id, kind, first_day, end_day) DO NOTHING
            """,
            new
            {
                id,
                group,
                kind = NameOf(kind),
                state = skipped ? "skipped" : "made",
                first = TextOf(first),
                end = TextOf(end),
                figures = JsonSerializer.Serialize(figures),
                due = due.ToUnixTimeMilliseconds(),
                now = now.ToUnixTimeMilliseconds(),
            }) > 0;

    /// <returns>Null if the report is gone or its group has ended.</returns>
    public static async Task<Report?> FindAsync(Session session, ReportId report) =>
        (await session.QueryAsync<Row>($"{Select} WHERE r.id = @report", new { report })).Select(row => row.ToReport()).SingleOrDefault();

    /// <returns>Null if there is none.</returns>
    public static async Task<Report?> FindAsync(Session session, GroupId group, ReportPeriod kind, DateOnly first, DateOnly end) =>
        (await session.QueryAsync<Row>(
            $"{Select} WHERE r.group_id = @group AND r.kind = @kind AND r.first_day = @first AND r.end_day = @end",
            new { group, kind = NameOf(kind), first = TextOf(first), end = TextOf(end) })).Select(row => row.ToReport()).SingleOrDefault();

    private static string NameOf(ReportPeriod kind) => kind.ToString().ToLowerInvariant();

    private static string TextOf(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    private sealed record Row
    {
        public ReportId Id { get; init; }

        public GroupId GroupId { get; init; }

        public string Name { get; init; } = "";

        public string TimeZone { get; init; } = "";

        public string Kind { get; init; } = "";

        public string State { get; init; } = "";

        public string FirstDay { get; init; } = "";

        public string EndDay { get; init; } = "";

        public string Figures { get; init; } = "";

        public long CreatedAt { get; init; }

        public Report ToReport() => new(
            Id, GroupId, Name, TimeZone, Enum.Parse<ReportPeriod>(Kind, ignoreCase: true), State == "skipped",
            DateOnly.ParseExact(FirstDay, Day, CultureInfo.InvariantCulture), DateOnly.ParseExact(EndDay, Day, CultureInfo.InvariantCulture),
            JsonSerializer.Deserialize<ReportFigures>(Figures)!, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}

/// <summary>A group, and when its reports were last due; milliseconds since 1970-01-01 UTC.</summary>
internal sealed record ReportedGroup
{
    public GroupId Id { get; init; }

    public string TimeZone { get; init; } = "";

    public long CreatedAt { get; init; }

    public long? DayDue { get; init; }

    public long? WeekDue { get; init; }

    /// <summary>The day after the last daily report, yyyy-MM-dd.</summary>
    public string? DayEnd { get; init; }
}
