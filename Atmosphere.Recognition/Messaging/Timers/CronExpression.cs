namespace Atmosphere.Recognition.Messaging.Timers;

/// <summary>
/// Five fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday). If both day fields are given, either may match; a day
/// field that begins with a star must match as well.
/// </summary>
internal sealed class CronExpression
{
    private static readonly CronFieldRule _minute = new("minute", 0, 59);
    private static readonly CronFieldRule _hour = new("hour", 0, 23);
    private static readonly CronFieldRule _day = new("day of month", 1, 31);
    private static readonly CronFieldRule _month = new("month", 1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static readonly CronFieldRule _weekday = new("day of week", 0, 7, "sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _weekdays;

    private CronExpression(string[] fields)
    {
        _minutes = CronField.Parse(fields[0], _minute);
        _hours = CronField.Parse(fields[1], _hour);
        _days = CronField.Parse(fields[2], _day);
        _months = CronField.Parse(fields[3], _month);
        _weekdays = CronField.Parse(fields[4], _weekday);
        TimesOfDay = [.. _hours.Numbers.SelectMany(_ => _minutes.Numbers, (hour, minute) => new TimeOnly(hour, minute))];
    }

    /// <summary>True if the hour field begins with a star: the timer runs at even intervals, also across clock changes.</summary>
    public bool IsInterval => _hours.IsOpen;

    /// <summary>The times at which it runs on a matching day, in order.</summary>
    public IReadOnlyList<TimeOnly> TimesOfDay { get; }

    /// <exception cref="FormatException">A field is invalid; the message names the field, its value and the remedy.</exception>
    public static CronExpression Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            throw new FormatException(
                $"the cron expression '{text}' has {fields.Length} fields. Write five: minute, hour, day of month, month, day of week, such as 30 6 * * mon-fri.");
        }

        var cron = new CronExpression(fields);
        return cron.CanBe()
            ? cron
            : throw new FormatException($"the day of month field has '{fields[2]}', and no month of '{fields[3]}' has such a day. Write an earlier day, or another month.");
    }

    public bool RunsOn(DateOnly date)
    {
        if (!_months[date.Month])
            return false;

        var (day, weekday) = (_days[date.Day], _weekdays[(int)date.DayOfWeek] || (date.DayOfWeek == DayOfWeek.Sunday && _weekdays[7]));
        return _days.IsOpen || _weekdays.IsOpen ? day && weekday : day || weekday;
    }

    // 2024 has a February 29.
    private bool CanBe() => !_weekdays.IsOpen || _months.Numbers.Any(month => _days.Numbers.First() <= DateTime.DaysInMonth(2024, month));
}
