namespace Atmosphere.Recognition.Messaging.Timers;

/// <summary>
/// A cron expression in a time zone. When the clock goes forward, a run whose time is skipped runs at the moment of the change. When the
/// clock goes back, a run whose time occurs twice runs the first time only. Runs at intervals of minutes or hours keep their intervals
/// across both changes.
/// </summary>
internal sealed class Schedule(CronExpression cron, TimeZoneInfo zone)
{
    // A February 29 that is a Monday recurs within 40 years, even around a century that is not a leap year.
    private const int LongestSearchDays = 366 * 41;

    /// <summary>The first run after a moment; null if there is none for decades.</summary>
    public DateTimeOffset? After(DateTimeOffset moment)
    {
        // Starts with yesterday: a clock that goes back at midnight repeats the end of yesterday.
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime).AddDays(-1);
        for (var day = 0; day < LongestSearchDays; day++)
        {
            // Includes the next day: its first run may come before this day's last one when the clock goes back at midnight.
            var runs = RunsOf(date.AddDays(day)).Concat(RunsOf(date.AddDays(day + 1))).Where(run => run > moment).ToList();
            if (runs.Count > 0)
                return runs.Min().ToUniversalTime();
        }

        return null;
    }

    private IEnumerable<DateTimeOffset> RunsOf(DateOnly date) =>
        cron.RunsOn(date) ? cron.TimesOfDay.SelectMany(time => RunsAt(date.ToDateTime(time))) : [];

    private IEnumerable<DateTimeOffset> RunsAt(DateTime local)
    {
        if (zone.IsInvalidTime(local))
            return cron.IsInterval ? [] : [EndOfGap(local)];
        if (!zone.IsAmbiguousTime(local))
            return [new DateTimeOffset(local, zone.GetUtcOffset(local))];

        // The larger UTC offset is the earlier moment.
        var moments = zone.GetAmbiguousTimeOffsets(local).OrderDescending().Select(offset => new DateTimeOffset(local, offset));
        return cron.IsInterval ? moments : moments.Take(1);
    }

    private DateTimeOffset EndOfGap(DateTime local)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
