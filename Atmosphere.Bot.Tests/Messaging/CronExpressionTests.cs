using System.Globalization;
using Atmosphere.Recognition.Messaging.Timers;

namespace Atmosphere.Bot.Tests.Messaging;

public sealed class CronExpressionTests
{
    private const string Utc = "UTC";
    private const string Madrid = "Europe/Madrid"; // +1, in summer +2; 2026-03-29 02:00 is 03:00, 2026-10-25 03:00 is 02:00
    private const string LordHowe = "Australia/Lord_Howe"; // +10:30, in summer +11; 2026-04-05 02:00 is 01:30, 2026-10-04 02:00 is 02:30
    private const string Beirut = "Asia/Beirut"; // 2026-03-29 00:00 is 01:00, 2026-10-25 00:00 is the day before 23:00

    [Theory]
    [InlineData("* * * * *", Utc, "2026-03-01T08:00:00Z", "2026-03-01T08:01:00Z")]
    [InlineData("* * * * *", Utc, "2026-03-01T07:59:59.999Z", "2026-03-01T08:00:00Z")]
    [InlineData("0 8 * * *", Utc, "2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z")]
    [InlineData("*/20 * * * *", Utc, "2026-03-01T08:00:00Z", "2026-03-01T08:20:00Z", "2026-03-01T08:40:00Z", "2026-03-01T09:00:00Z")]
    [InlineData("5/25 * * * *", Utc, "2026-03-01T08:00:00Z", "2026-03-01T08:05:00Z", "2026-03-01T08:30:00Z", "2026-03-01T08:55:00Z")]
    [InlineData("0 8-18/5,23 * * *", Utc, "2026-03-01T08:00:00Z", "2026-03-01T13:00:00Z", "2026-03-01T18:00:00Z", "2026-03-01T23:00:00Z")]
    [InlineData("30 6 * * MON-fri", Utc, "2026-03-01T08:00:00Z", "2026-03-02T06:30:00Z")]
    [InlineData("0 0 * * 7", Utc, "2026-03-02T08:00:00Z", "2026-03-08T00:00:00Z")]
    [InlineData("0 0 * * 0", Utc, "2026-03-02T08:00:00Z", "2026-03-08T00:00:00Z")]
    [InlineData("0 0 1 jan,jul *", Utc, "2026-03-01T08:00:00Z", "2026-07-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("0 0 31 * *", Utc, "2026-03-31T08:00:00Z", "2026-05-31T00:00:00Z")]
    [InlineData("0 0 29 2 *", Utc, "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 0 13 * fri", Utc, "2026-03-01T08:00:00Z", "2026-03-06T00:00:00Z", "2026-03-13T00:00:00Z", "2026-03-20T00:00:00Z")]
    [InlineData("0 0 */2 * mon", Utc, "2026-03-01T08:00:00Z", "2026-03-09T00:00:00Z", "2026-03-23T00:00:00Z")]
    [InlineData("  0\t8  * * * ", Utc, "2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z")]
    [InlineData("30 6 * * *", Madrid, "2026-01-10T05:29:00Z", "2026-01-10T05:30:00Z")]
    [InlineData("30 6 * * *", Madrid, "2026-07-10T04:29:00Z", "2026-07-10T04:30:00Z")]
    [InlineData("30 6 * * *", "Asia/Kolkata", "2026-07-10T00:00:00Z", "2026-07-10T01:00:00Z")]
    public void The_next_runs_are_those_of_the_calendar(string cron, string zone, string after, params string[] runs) => Runs(cron, zone, after, runs);

    [Theory]

    // The clock goes forward: what would run in the hour that is left out runs when it is over, once.
    [InlineData("30 2 * * *", Madrid, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0,30 2 * * *", Madrid, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData("30 2,3 * * *", Madrid, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("15 2 * * *", LordHowe, "2026-10-03T12:00:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z")]
    [InlineData("30 0 * * *", Beirut, "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z", "2026-03-29T21:30:00Z")]

    // The clock goes back: what would run in the hour that comes twice runs the first time.
    [InlineData("30 2 * * *", Madrid, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 2 * * *", Madrid, "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 3 * * *", Madrid, "2026-10-24T12:00:00Z", "2026-10-25T02:00:00Z", "2026-10-26T02:00:00Z")]
    [InlineData("45 1 * * *", LordHowe, "2026-04-04T12:00:00Z", "2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z")]
    [InlineData("30 23 * * *", Beirut, "2026-10-24T12:00:00Z", "2026-10-24T20:30:00Z", "2026-10-25T21:30:00Z")]

    // What runs in even intervals goes on in even intervals.
    [InlineData("30 * * * *", Madrid, "2026-03-29T00:00:00Z", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z")]
    [InlineData("*/30 * * * *", Madrid, "2026-10-24T23:45:00Z", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("45 */1 * * *", Beirut, "2026-10-24T20:00:00Z", "2026-10-24T20:45:00Z", "2026-10-24T21:45:00Z", "2026-10-24T22:45:00Z")]
    public void A_clock_that_is_changed_loses_no_run_and_doubles_none(string cron, string zone, string after, params string[] runs) => Runs(cron, zone, after, runs);

    [Theory]
    [InlineData("", "has 0 fields. Write five: minute, hour, day of month, month, day of week")]
    [InlineData("@daily", "'@daily' has 1 fields. Write five")]
    [InlineData("0 0 3 * * *", "has 6 fields. Write five")]
    [InlineData("60 * * * *", "the minute field has '60'. Write numbers from 0 to 59,")]
    [InlineData("-1 * * * *", "the minute field has '-1'.")]
    [InlineData("* 24 * * *", "the hour field has '24'. Write numbers from 0 to 23,")]
    [InlineData("* * 0 * *", "the day of month field has '0'. Write numbers from 1 to 31,")]
    [InlineData("* * * 13 *", "the month field has '13'. Write numbers from 1 to 12 or names from jan to dec,")]
    [InlineData("* * * * 8", "the day of week field has '8'. Write numbers from 0 to 7 or names from sun to sat,")]
    [InlineData("* * * * monday", "the day of week field has 'monday'.")]
    [InlineData("* * * * fri-mon", "the day of week field has 'fri-mon', which runs backwards. Write two ranges, fri-7 and 0-mon.")]
    [InlineData("*/0 * * * *", "the minute field has '*/0', whose step is '0'. Write a step from 1 to 59")]
    [InlineData("*/x * * * *", "the minute field has '*/x', whose step is 'x'.")]
    [InlineData("1/2/3 * * * *", "the minute field has '1/2/3'.")]
    [InlineData("1-2-3 * * * *", "the minute field has '1-2-3'.")]
    [InlineData("1,,2 * * * *", "the minute field has ''.")]
    [InlineData("+5 * * * *", "the minute field has '+5'.")]
    [InlineData("0 0 30 2 *", "the day of month field has '30', and no month of '2' has such a day.")]
    [InlineData("0 0 31 4,6,9,11 *", "and no month of '4,6,9,11' has such a day.")]
    public void What_is_no_schedule_is_refused_with_the_field_the_value_and_the_remedy(string cron, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<FormatException>(() => CronExpression.Parse(cron)).Message, StringComparison.Ordinal);

    private static void Runs(string cron, string zone, string after, string[] runs)
    {
        var schedule = new Schedule(CronExpression.Parse(cron), TimeZoneInfo.FindSystemTimeZoneById(zone));
        var moment = DateTimeOffset.Parse(after, CultureInfo.InvariantCulture);
        foreach (var run in runs)
        {
            moment = schedule.After(moment)!.Value;
            Assert.Equal(DateTimeOffset.Parse(run, CultureInfo.InvariantCulture), moment);
        }
    }
}
