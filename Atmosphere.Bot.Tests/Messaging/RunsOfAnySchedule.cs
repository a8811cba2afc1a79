using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Timers;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Atmosphere.Bot.Tests.Messaging;

public sealed class RunsOfAnySchedule
{
    private static readonly Gen<DateTimeOffset> _moment =
        from day in Gen.Choose(0, 3650)
        from second in Gen.Choose(0, 86_399)
        select new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day).AddSeconds(second);

    /// <summary>The calendar of UTC, minute by minute: what matches all five fields, and nothing else, is a run.</summary>
    [Property(MaxTest = 200)]
    public Property The_next_run_is_the_first_minute_that_matches_every_field()
    {
        var sample =
            from minutes in Some(0, 59)
            from hours in Some(0, 23)
            from weekdays in Some(0, 6)
            from moment in _moment
            select (minutes, hours, weekdays, moment);
        return Prop.ForAll(sample.ToArbitrary(), one =>
        {
            var cron = $"{string.Join(',', one.minutes)} {string.Join(',', one.hours)} * * {string.Join(',', one.weekdays)}";
            var run = new Schedule(CronExpression.Parse(cron), TimeZoneInfo.Utc).After(one.moment);
            var minute = one.moment.AddTicks(-(one.moment.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
            while (!(one.minutes.Contains(minute.Minute) && one.hours.Contains(minute.Hour) && one.weekdays.Contains((int)minute.DayOfWeek)))
                minute = minute.AddMinutes(1);
            Assert.True(run == minute, $"{cron} after {one.moment:u} runs at {run:u} instead of {minute:u}.");
        });
    }

    [Property(MaxTest = 100)]
    public Property What_runs_daily_runs_once_on_every_day_of_a_year_wherever_the_clock_is_changed()
    {
        var sample =
            from minute in Gen.Choose(0, 59)
            from hour in Gen.Choose(0, 23).Or(Gen.Elements(0, 1, 2, 23)) // when clocks are changed
            from zone in Gen.Elements("UTC", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Beirut", "America/New_York", "America/Santiago", "Asia/Kolkata")
            from moment in _moment
            select (minute, hour, zone, moment);
        return Prop.ForAll(sample.ToArbitrary(), one =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(one.zone);
            var schedule = new Schedule(CronExpression.Parse($"{one.minute} {one.hour} * * *"), zone);
            var run = schedule.After(one.moment)!.Value;
            for (var day = 0; day < 366; day++)
            {
                var next = schedule.After(run)!.Value;
                var (today, tomorrow) = (LocalDay(run, zone), LocalDay(next, zone));
                Assert.True(tomorrow == today.AddDays(1), $"{one}: after {run:u} it runs at {next:u}.");
                run = next;
            }
        });
    }

    [Property(MaxTest = 1000)]
    public Property A_rest_is_never_shorter_than_was_asked_for_nor_longer_than_is_allowed_and_ends_with_the_attempts()
    {
        var sample =
            from attempts in Gen.Choose(1, 20)
            from first in Gen.Choose(0, 60)
            from longest in Gen.Choose(60, 600)
            from asked in Gen.Choose(0, 10_000)
            from attempt in Gen.Choose(1, 25)
            from jitter in Gen.Choose(0, 100)
            select (policy: new RetryPolicy(attempts, TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(longest)), asked: TimeSpan.FromSeconds(asked), attempt, jitter: jitter / 100d);
        return Prop.ForAll(sample.ToArbitrary(), one =>
        {
            var own = one.policy.After(new IOException(), one.attempt, one.jitter);
            var asked = one.policy.After(new TryLaterException("Busy.", one.asked), one.attempt, one.jitter);
            Assert.Equal(one.attempt >= one.policy.Attempts, own is null);
            Assert.Equal(own is null, asked is null);
            if (own is null)
                return;
            Assert.InRange(own.Value, one.policy.FirstDelay * 0.5, one.policy.LongestDelay * 1.5);
            Assert.True(asked >= own);
            Assert.True(asked >= one.asked || asked >= TimeSpan.FromHours(1));
            Assert.True(one.policy.After(new IOException(), one.attempt + 1, one.jitter) is not { } next || next >= own);
        });
    }

    private static Gen<int[]> Some(int least, int most) => Gen.Choose(least, most).NonEmptyListOf().Select(numbers => numbers.Distinct().Order().ToArray());

    private static DateOnly LocalDay(DateTimeOffset moment, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
}
