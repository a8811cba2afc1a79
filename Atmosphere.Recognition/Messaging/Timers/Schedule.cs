namespace Atmosphere.Recognition.Messaging.Timers;

/// <summary>
/// A cron expression by the clock of a place. When the clock goes forward, a run of a time that is left out runs at the moment it goes
/// forward; when it goes back, a run of a time that comes twice runs the first time. What runs every so many minutes or hours does so
/// all the while: it neither waits nor comes twice at once.
/// </summary>
internal sealed class Schedule(CronExpression cron, TimeZoneInfo zone)
{
    // A 29th of February that is a Monday comes after 40 years at the latest, around a century without leap year.
    private const int LongestSearchDays = 366 * 41;

    /// <summary>The first run after a moment; null where there is none for decades.</summary>
    public DateTimeOffset? After(DateTimeOffset moment)
    {
        // From yesterday: a clock that goes back at midnight gives it back.
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime).AddDays(-1);
        for (var day = 0; day < LongestSearchDays; day++)
        {
            // With the day after it, whose first run may come before the last of this one when the clock goes back at midnight.
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

        // The larger offset is the earlier moment.
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
