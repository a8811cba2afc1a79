using Atmosphere.Recognition.Messaging.Timers;
using Microsoft.Extensions.Configuration;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Section <c>Atmosphere:Timers:&lt;name&gt;</c>: overrides what the flow table says about a timer.</summary>
internal sealed class TimerValues
{
    /// <summary>Minute, hour, day of month, month, day of week.</summary>
    public string? Cron { get; set; }

    /// <summary>IANA name.</summary>
    public string? TimeZone { get; set; }

    /// <summary>False: the timer rests.</summary>
    public bool? Enabled { get; set; }
}

/// <summary>The settings of all timers.</summary>
internal sealed class TimerSettings
{
    private const string Section = "Atmosphere:Timers";

    private readonly Dictionary<string, TimerValues> _timers;

    private TimerSettings(Dictionary<string, TimerValues> timers) => _timers = timers;

    /// <exception cref="FlowTableException">A value is invalid.</exception>
    public static TimerSettings Read(IConfiguration configuration) => new(
        configuration.GetSection(Section).GetChildren().ToDictionary(section => section.Key, Values, StringComparer.OrdinalIgnoreCase));

    /// <exception cref="FlowTableException">The schedule or the time zone is invalid.</exception>
    public TimerRow Apply(TimerRow row)
    {
        if (!_timers.TryGetValue(row.Name, out var values))
            return row;

        var (cron, zone) = (values.Cron ?? row.Cron, values.TimeZone ?? row.TimeZone);
        return row with
        {
            Cron = cron,
            TimeZone = zone,
            Enabled = values.Enabled ?? row.Enabled,
            Schedule = ScheduleOf($"{Section}:{row.Name}", cron, zone),
        };
    }

    /// <exception cref="FlowTableException">Settings name a timer that does not exist.</exception>
    public void CheckNames(IReadOnlyList<TimerRow> rows)
    {
        var known = rows.Select(row => row.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (_timers.Keys.FirstOrDefault(name => !known.Contains(name)) is not { } unknown)
            return;
        var remedy = known.Count == 0 ? "There is none." : $"The timers are {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
        throw new FlowTableException($"{Section}:{unknown} names no timer. {remedy}");
    }

    /// <param name="where">Start of the error message.</param>
    public static Schedule ScheduleOf(string where, string cron, string timeZone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
            throw new FlowTableException($"{where}: the time zone '{timeZone}' is not known here. Write an IANA name such as Europe/Madrid, or UTC.");
        try
        {
            return new Schedule(CronExpression.Parse(cron), zone);
        }
        catch (FormatException error)
        {
            throw new FlowTableException($"{where}: {error.Message}");
        }
    }

    private static TimerValues Values(IConfigurationSection section)
    {
        try
        {
            return section.Get<TimerValues>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new TimerValues();
        }
        catch (InvalidOperationException error)
        {
            throw new FlowTableException(
                $"{section.Path}: {error.Message} Use a cron expression such as \"0 3 * * *\" for Cron, an IANA name for TimeZone, and true or false for Enabled.");
        }
    }
}
