using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Timers;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>When reports are due, and which days they cover, by the clock of the group. Days last from midnight to midnight: 23 to 25 hours.</summary>
internal static class ReportCalendar
{
    private const int DaysOfWeek = 7;

    // A report that covers more days than this would not be read.
    private const int MostDays = 14;

    /// <summary>The group's last report that became due after the previous one.</summary>
    /// <param name="cron">Empty: there are no such reports.</param>
    /// <param name="since">When the timer first was due; what was due up to an hour before is generated, too.</param>
    /// <returns>Null if none is due.</returns>
    public static DueReport? Due(ReportedGroup group, ReportPeriod kind, string cron, DateTimeOffset since, DateTimeOffset now)
    {
        if (cron.Length == 0)
            return null;

        var zone = ZoneOf(group.TimeZone);
        var schedule = TimerSettings.ScheduleOf(ReportsOptions.Section, cron, zone.Id);
        var before = kind == ReportPeriod.Day ? group.DayDue : group.WeekDue;
        var start = before ?? Math.Max(group.CreatedAt, (since - TimeSpan.FromHours(1)).ToUnixTimeMilliseconds());
        if (LastRun(schedule, DateTimeOffset.FromUnixTimeMilliseconds(start), now) is not { } due)
            return null;

        var end = DayOf(due, zone);
        return new DueReport(group.Id, kind, kind == ReportPeriod.Week ? end.AddDays(-DaysOfWeek) : FirstDay(group, schedule, due, end, zone), end, due);
    }

    /// <summary>The days that an operator asks for: those before a day.</summary>
    public static DueReport AskedFor(GroupId group, ReportPeriod kind, DateOnly end, DateTimeOffset now) =>
        new(group, kind, end.AddDays(kind == ReportPeriod.Week ? -DaysOfWeek : -1), end, now);

    public static TimeZoneInfo ZoneOf(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    public static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>The time from the first midnight to the last one.</summary>
    public static Span SpanOf(DateOnly first, DateOnly end, TimeZoneInfo zone) => new(StartOf(first, zone), StartOf(end, zone));

    /// <summary>When a day begins. Where the clock goes forward at midnight, that is one o'clock; where it goes back, the first midnight.</summary>
    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The first day that no daily report has covered yet: on Mondays, Friday.</summary>
    private static DateOnly FirstDay(ReportedGroup group, Schedule schedule, DateTimeOffset due, DateOnly end, TimeZoneInfo zone)
    {
        var first = group.DayEnd is { } covered
            ? DateOnly.ParseExact(covered, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : LastRun(schedule, due.AddDays(-DaysOfWeek - 1), due.AddTicks(-1)) is { } run ? DayOf(run, zone) : end.AddDays(-1);
        return first >= end ? end.AddDays(-1) : first < end.AddDays(-MostDays) ? end.AddDays(-MostDays) : first;
    }

    /// <summary>The last run after a moment, and not after another.</summary>
    private static DateTimeOffset? LastRun(Schedule schedule, DateTimeOffset after, DateTimeOffset until)
    {
        // Later runs than that are found from the end.
        var moment = after < until.AddDays(-MostDays) ? until.AddDays(-MostDays) : after;
        DateTimeOffset? last = null;
        while (schedule.After(moment) is { } run && run <= until)
            last = moment = run;
        return last;
    }
}

/// <summary>A report to be generated.</summary>
/// <param name="First">Its first day.</param>
/// <param name="End">The day after its last one.</param>
internal sealed record DueReport(GroupId Group, ReportPeriod Kind, DateOnly First, DateOnly End, DateTimeOffset Due);
